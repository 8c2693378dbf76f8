using System.Text.Json;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Snapshots;

/// <summary>
/// The snapshots of one read model's documents. It ignores snapshots of another <see
/// cref="IProjection{TDocument}.Shape"/> and unreadable ones.
/// </summary>
/// <param name="model">The read model's name.</param>
public sealed class DocumentSnapshots<TDocument>(string model, IProjection<TDocument> projection, ISnapshots snapshots)
    where TDocument : class
{
    private readonly string _fold = $"{model}.{projection.Shape.Number}";

    /// <summary>
    /// Returns true if the item should be saved. An item of an earlier shape differs from a fold of this code, and is
    /// not saved.
    /// </summary>
    public bool IsDue(ReadModelItem<TDocument> item) => item.Version % snapshots.Every == 0 && (item.Document is null || item.Shape == projection.Shape.Number);

    /// <summary>
    /// Returns each stream's latest saved item within the bounds. The result has no entry for a stream without one.
    /// </summary>
    public async Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> FindAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) => bounds.ToVersion < snapshots.Every
        // None can exist. Most streams are too short, and then need no query.
        ? new Dictionary<StreamId, ReadModelItem<TDocument>>()
        : (await snapshots.FindAsync(_fold, streams, bounds, ct)).Values.Select(ItemOf).OfType<ReadModelItem<TDocument>>().ToDictionary(item => item.Stream);

    /// <summary>Returns one stream's item, or null if none is saved.</summary>
    /// <inheritdoc cref="FindAsync(IReadOnlyCollection{StreamId}, HistoryBounds, CancellationToken)"/>
    public async Task<ReadModelItem<TDocument>?> FindAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct) =>
        (await FindAsync([stream], bounds, ct)).GetValueOrDefault(stream);

    /// <summary>Returns all saved snapshots of these streams, sorted by stream and version.</summary>
    public Task<IReadOnlyList<Snapshot>> ReadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => snapshots.ReadAsync(_fold, streams, ct);

    /// <summary>Saves these items, and replaces others of the same versions.</summary>
    /// <exception cref="EventLogException">The items may not be saved.</exception>
    public Task SaveAsync(IEnumerable<ReadModelItem<TDocument>> items, CancellationToken ct) => snapshots.SaveAsync(
        _fold,
        [.. items.Select(item => new Snapshot(item.Stream, item.Version, item.At, item.Document is { } document ? PlainJson.Write(document, projection.Json) : null))],
        ct);

    private ReadModelItem<TDocument>? ItemOf(Snapshot snapshot)
    {
        if (snapshot.Document is null) return new ReadModelItem<TDocument>(snapshot.Stream, snapshot.Version, null, snapshot.At);
        try
        {
            var document = JsonSerializer.Deserialize(snapshot.Document, projection.Json)!;
            return new ReadModelItem<TDocument>(snapshot.Stream, snapshot.Version, document, snapshot.At) { Adds = projection.Adds(document), Shape = projection.Shape.Number };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
