using System.Collections.Concurrent;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks;

/// <summary>Stores tips in DynamoDB's item format and counts the item's capacity units.</summary>
internal sealed class CountingTips(Counters counters) : IStreamTips
{
    // BatchGetItem accepts 100 keys per call (DynamoDB API reference).
    private const int KeysPerCall = 100;

    private readonly ConcurrentDictionary<StreamId, (long Version, SourcePosition Position, byte[] Body, int Beside)> _items = [];

    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        counters.TipLoads += (streams.Count + KeysPerCall - 1) / KeysPerCall;
        var found = new Dictionary<StreamId, StreamTip>(streams.Count);
        foreach (var stream in streams)
        {
            if (!_items.TryGetValue(stream, out var item))
            {
                counters.ReadUnits++;
                continue;
            }

            counters.ReadUnits += Math.Ceiling((item.Body.Length + item.Beside) / 4096.0);
            found.Add(stream, TipBody.Read(ShopContracts.Events, stream, item.Version, item.Position, item.Body));
        }

        return Task.FromResult<IReadOnlyDictionary<StreamId, StreamTip>>(found);
    }

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct)
    {
        var (body, beside) = (TipBody.Write(next), TipBody.BytesBeside(next));
        Interlocked.Increment(ref counters.TipCommits);
        Interlocked.Add(ref counters.Bytes, body.Length);
        lock (counters) counters.WriteUnits += Math.Ceiling((body.Length + beside) / 1024.0);
        _items[next.Stream] = (next.Version, next.Position, body, beside);
        return Task.FromResult(true);
    }

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Counts inserts. A lookup finds nothing, because every command is new.</summary>
internal sealed class CountingLog(Counters counters) : IEventLog
{
    public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct)
    {
        counters.Inserts++;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CommandOutcome>>([]);

    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<EventRecord>>([]);
}

/// <summary>
/// Packs messages as in production, and counts the messages and the calls of ten that would carry them.
/// </summary>
internal sealed class CountingPublisher(Counters counters) : IEventPublisher
{
    // PublishBatch accepts 10 messages and 256 KB per call (SNS API reference): four full messages fill it.
    private const int BytesPerCall = 256 * 1024;

    public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        var (entries, bytes) = (0, 0);
        foreach (var message in EventPacker.Pack(events))
        {
            counters.Messages++;
            counters.Bytes += message.Body.Length;
            if (entries == 0 || entries == 10 || bytes + message.Body.Length > BytesPerCall)
            {
                counters.Publishes++;
                (entries, bytes) = (0, 0);
            }

            entries++;
            bytes += message.Body.Length;
        }

        return Task.CompletedTask;
    }
}
