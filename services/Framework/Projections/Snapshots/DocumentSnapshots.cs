using System.Text.Json;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Snapshots;

/// <summary>The snapshots of the documents that one read model's projection makes. What was kept in another <see cref="IProjection{TDocument}.Shape"/>, or cannot be read, is as if it were not there.</summary>
/// <param name="model">The read model's name.</param>
public sealed class DocumentSnapshots<TDocument>(string model, IProjection<TDocument> projection, ISnapshots snapshots)
    where TDocument : class
{
    private readonly string _fold = $"{model}.{projection.Shape}";

    /// <summary>Whether the item is worth keeping: one of an earlier shape is not what a fold of today makes.</summary>
    public bool IsDue(ReadModelItem<TDocument> item) => item.Version % snapshots.Every == 0 && (item.Document is null || item.Shape == projection.Shape);

    /// <summary>The newest item of each stream within the bounds that is kept; a stream without one is missing in the result.</summary>
    public async Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> FindAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) => bounds.ToVersion < snapshots.Every
        // None can be there: most streams never get so far, and whoever goes through many need not ask for each.
        ? new Dictionary<StreamId, ReadModelItem<TDocument>>()
        : (await snapshots.FindAsync(_fold, streams, bounds, ct)).Values.Select(ItemOf).OfType<ReadModelItem<TDocument>>().ToDictionary(item => item.Stream);

    /// <summary>One stream's; null where none is kept.</summary>
    /// <inheritdoc cref="FindAsync(IReadOnlyCollection{StreamId}, HistoryBounds, CancellationToken)"/>
    public async Task<ReadModelItem<TDocument>?> FindAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct) =>
        (await FindAsync([stream], bounds, ct)).GetValueOrDefault(stream);

    /// <summary>All of these streams', by stream and version, as they are kept.</summary>
    public Task<IReadOnlyList<Snapshot>> ReadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => snapshots.ReadAsync(_fold, streams, ct);

    /// <summary>Keeps these items in the place of others of the same versions.</summary>
    /// <exception cref="EventLogException">They may not be kept.</exception>
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
            return new ReadModelItem<TDocument>(snapshot.Stream, snapshot.Version, document, snapshot.At) { Adds = projection.Adds(document), Shape = projection.Shape };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
