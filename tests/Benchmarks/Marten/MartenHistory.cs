using JasperFx;
using JasperFx.Events.Projections;
using Marten;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Benchmarks.Marten;

/// <summary>
/// A history in Marten, with its defaults: System.Text.Json, one table of events, snapshots by the asynchronous daemon.
/// </summary>
internal sealed class MartenHistory(string connection) : IAsyncDisposable
{
    private const int Batch = 5_000;

    private readonly DocumentStore _store = DocumentStore.For(options =>
    {
        options.Connection(connection);
        options.AutoCreateSchemaObjects = AutoCreate.All;
        options.UseSystemTextJsonForSerialization();
        options.Projections.Snapshot<MartenProduct>(SnapshotLifecycle.Async);
    });

    /// <param name="history">Ordered by stream and version.</param>
    public async Task FillAsync(IAsyncEnumerable<EventRecord> history, CancellationToken ct)
    {
        var waiting = new List<EventRecord>();
        await foreach (var e in history.WithCancellation(ct))
        {
            if (waiting.Count >= Batch && e.Version == 1) await SaveAsync(waiting, ct);
            waiting.Add(e);
        }

        await SaveAsync(waiting, ct);
    }

    /// <summary>Reads every event, ordered by stream, and applies it to its product.</summary>
    /// <returns>The sum of all prices.</returns>
    public async Task<decimal> FoldAsync(CancellationToken ct)
    {
        await using var session = _store.QuerySession();
        var products = new Dictionary<Guid, MartenProduct>();
        var events = session.Events.QueryAllRawEvents().OrderBy(one => one.StreamId).ThenBy(one => one.Version);
        await foreach (var e in events.ToAsyncEnumerable(ct))
        {
            if (!products.TryGetValue(e.StreamId, out var product))
                products[e.StreamId] = product = new MartenProduct { Id = e.StreamId };
            if (e.Data is ProductCreated created) product.Apply(created);
            else if (e.Data is ProductPriceUpdated updated) product.Apply(updated);
            product.Version = e.Version;
        }

        return products.Values.Sum(product => product.Price);
    }

    /// <returns>The number of documents afterwards.</returns>
    public async Task<int> RebuildAsync(CancellationToken ct)
    {
        using var daemon = await _store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<MartenProduct>(TimeSpan.FromMinutes(10), ct);
        await using var session = _store.QuerySession();
        return await session.Query<MartenProduct>().CountAsync(ct);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task SaveAsync(List<EventRecord> events, CancellationToken ct)
    {
        await using var session = _store.LightweightSession();
        foreach (var stream in events.GroupBy(e => e.Stream))
            session.Events.StartStream<MartenProduct>(Guid.Parse(stream.Key.Key), stream.Select(e => (object)e.Event));
        await session.SaveChangesAsync(ct);
        events.Clear();
    }
}
