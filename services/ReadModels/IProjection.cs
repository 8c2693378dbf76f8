using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.ReadModels;

/// <summary>How events become a document: pure, one event at a time.</summary>
public interface IProjection<TDocument>
    where TDocument : class
{
    /// <summary>The category of the streams it folds.</summary>
    string Category { get; }

    /// <summary>The document after <paramref name="e"/>; null where the event deletes it. Throws on an event it does not know.</summary>
    TDocument? Apply(TDocument? document, EventRecord e);
}
