using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>Snapshots in ClickHouse, close enough that streams of about ten events have some.</summary>
public sealed class SimSnapshots(Network network) : ISnapshots
{
    private readonly InMemorySnapshots _kept = new(every: 4);

    public int Every => _kept.Every;

    public Task<IReadOnlyDictionary<StreamId, Snapshot>> FindAsync(string fold, IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) =>
        network.CallAsync("clickhouse", "snapshots.find", () => _kept.FindAsync(fold, streams, bounds, CancellationToken.None).Result, ct);

    public Task<IReadOnlyList<Snapshot>> ReadAsync(string fold, IReadOnlyCollection<StreamId> streams, CancellationToken ct) => throw new NotSupportedException();

    public async Task SaveAsync(string fold, IReadOnlyCollection<Snapshot> snapshots, CancellationToken ct)
    {
        try
        {
            await network.CallAsync("clickhouse/writes", "snapshots.save", () => _kept.SaveAsync(fold, snapshots, CancellationToken.None).IsCompleted, ct);
        }
        catch (SimulatedFaultException e)
        {
            throw new EventLogException("The snapshots may not be kept.", e);
        }
    }
}
