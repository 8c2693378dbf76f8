using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>Turns events into a document, one event at a time and without side effects.</summary>
public interface IProjection<TDocument>
    where TDocument : class
{
    /// <summary>The category of the streams that it folds.</summary>
    string Category { get; }

    /// <summary>The JSON in which documents are stored. Equal documents have equal JSON.</summary>
    JsonTypeInfo<TDocument> Json { get; }

    /// <summary>
    /// Raise it with every change of the documents or of their derivation from events. Older snapshots are then
    /// ignored. An older item keeps its shape until <c>rebuild</c> writes it again, and <c>verify</c> counts it.
    /// </summary>
    ShapeVersion Shape { get; }

    /// <summary>
    /// True if <see cref="Apply"/> returns the document unchanged for every event that it has no case for. Otherwise it
    /// must have a case for each event of the stream.
    /// </summary>
    bool IgnoresOthers => false;

    /// <summary>
    /// Returns the document after <paramref name="e"/>, or null if the event deletes it. Throws on an unknown event.
    /// </summary>
    TDocument? Apply(TDocument? document, EventRecord e);

    /// <summary>Returns what the document adds to an aggregate of several streams, or null for nothing.</summary>
    Contribution? Adds(TDocument document) => null;

    /// <summary>True if the store sums up what items add. A store of index entries does not.</summary>
    bool AddsToAggregates => true;

    /// <summary>
    /// The prefixes of paths in <see cref="ItemText.Text"/> where items of an earlier shape may differ from a fold of
    /// this code.
    /// </summary>
    IReadOnlyList<string> ChangedPaths => [];

    /// <summary>Returns the index entries that the store keeps with the item.</summary>
    IEnumerable<IndexEntry> EntriesOf(ReadModelItem<TDocument> item) => [];
}
