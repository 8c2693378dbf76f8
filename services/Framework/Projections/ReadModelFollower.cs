using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Projections.Snapshots;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Projections;

/// <summary>A store, its projection and the projector between them, for those who do not care what the documents are.</summary>
/// <param name="snapshots">Of the documents that are wanted as they were; null for none.</param>
public sealed class ReadModelFollower<TDocument>(IReadModel<TDocument> items, IProjection<TDocument> projection, StreamReader reader, DocumentSnapshots<TDocument>? snapshots = null) : IReadModelFollower
    where TDocument : class
{
    private readonly Projector<TDocument> _projector = new(items, projection, reader, snapshots);

    public string Category => projection.Category;

    public Task<IReadOnlyCollection<Projected>> ProjectAsync(IReadOnlyCollection<StreamBatch> batches, CancellationToken ct) => _projector.ProjectAsync(batches, ct);

    public Task<IReadOnlyCollection<Projected>> RebuildAsync(IReadOnlyCollection<StreamBatch> histories, CancellationToken ct) => _projector.RebuildAsync(histories, ct);

    public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => items.LoadVersionsAsync(streams, ct);

    public async Task<IReadOnlyDictionary<StreamId, ItemText>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await items.LoadAsync(streams, ct)).ToDictionary(item => item.Key, item => TextOf(item.Value));

    public IAsyncEnumerable<ItemText> ScanAsync(CancellationToken ct) => items.ScanAsync(ct).Select(TextOf);

    public IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) => items.ScanAggregatesAsync(ct);

    public IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => items.ScanEntriesAsync(ct);

    public Task<long> DeleteStrayEntriesAsync(StreamId? stream, CancellationToken ct) => items.DeleteStrayEntriesAsync(stream, ct);

    public ItemText? Fold(IEnumerable<EventRecord> events) => projection.Fold(events) is { } item ? TextOf(item) : null;

    public IDocumentFold BeginFold() => new DocumentFold<TDocument>(projection, null);

    public async Task<IDocumentFold> BeginFoldAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct) =>
        new DocumentFold<TDocument>(projection, snapshots is null ? null : await snapshots.FindAsync(stream, bounds, ct));

    public Task<IReadOnlyList<Snapshot>> LoadSnapshotsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        snapshots is null ? Task.FromResult<IReadOnlyList<Snapshot>>([]) : snapshots.ReadAsync(streams, ct);

    private ItemText TextOf(ReadModelItem<TDocument> item)
    {
        var adds = item.Adds is { } contribution ? $",\"adds\":{contribution.Text}" : "";
        var document = item.Document is { } some ? PlainJson.Write(some, projection.Json) : "null";
        return new(item.Stream, item.Version, $$"""{"at":{{item.At.ToUnixTimeMilliseconds()}}{{adds}},"document":{{document}}}""")
        {
            Adds = projection.AddsToAggregates ? item.Adds : null,
            Entries = projection.EntriesOf(item),
            MayDifferIn = item.Shape < projection.Shape ? projection.ChangedPaths : [],
            Fault = item.Fault,
        };
    }
}
