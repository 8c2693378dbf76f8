using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.ReadModels;

/// <summary>How events become a document: pure, one event at a time.</summary>
public interface IProjection<TDocument>
    where TDocument : class
{
    /// <summary>The category of the streams it folds.</summary>
    string Category { get; }

    /// <summary>The JSON that documents are stored as. Equal documents have equal JSON.</summary>
    JsonTypeInfo<TDocument> Json { get; }

    /// <summary>Raised with every change of the documents or of how they come from events: snapshots that were kept before it are not taken for today's.</summary>
    int Shape => 1;

    /// <summary>The document after <paramref name="e"/>; null where the event deletes it. Throws on an event it does not know.</summary>
    TDocument? Apply(TDocument? document, EventRecord e);

    /// <summary>What the document adds to an aggregate that other streams feed too; null for nothing.</summary>
    Contribution? Adds(TDocument document) => null;
}
