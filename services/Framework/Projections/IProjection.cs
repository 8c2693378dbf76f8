using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Projections;

/// <summary>How events become a document: pure, one event at a time.</summary>
public interface IProjection<TDocument>
    where TDocument : class
{
    /// <summary>The category of the streams it folds.</summary>
    string Category { get; }

    /// <summary>The JSON that documents are stored as. Equal documents have equal JSON.</summary>
    JsonTypeInfo<TDocument> Json { get; }

    /// <summary>
    /// Raise it with every change of the documents or of how they come from events. Older snapshots are then not used. An older item goes on in its shape until <c>rebuild</c> makes it again, and <c>verify</c> counts it.
    /// </summary>
    int Shape => 1;

    /// <summary>The document after <paramref name="e"/>; null where the event deletes it. Throws on an event it does not know.</summary>
    TDocument? Apply(TDocument? document, EventRecord e);

    /// <summary>What the document adds to an aggregate that other streams feed too; null for nothing.</summary>
    Contribution? Adds(TDocument document) => null;

    /// <summary>Whether the store sums up what items add. A store that keeps index entries does not.</summary>
    bool AddsToAggregates => true;

    /// <summary>Where items of an earlier shape may differ from a fold of today: beginnings of paths in <see cref="ItemText.Text"/>.</summary>
    IReadOnlyList<string> ChangedPaths => [];

    /// <summary>The index entries that the store keeps beside the item.</summary>
    IEnumerable<IndexEntry> EntriesOf(ReadModelItem<TDocument> item) => [];
}
