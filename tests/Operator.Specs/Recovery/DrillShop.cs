using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Operating.Recovery;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator.Specs.Recovery;

/// <summary>
/// The write path over stores in memory that can be restored to an earlier time, and a command stream that keeps its
/// records.
/// </summary>
internal sealed class DrillShop : IEventPublisher
{
    private const string Source = "arn:aws:kinesis:here:0:stream/commands@1";

    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TickingTime _time = new() { Now = Noon };
    private int _consumed;

    public InMemoryEventLog Log { get; set; } = new();

    public IStreamTips Tips { get; set; } = new InMemoryStreamTips();

    /// <summary>The records of the command stream.</summary>
    public List<ArrivedRecord> Kept { get; } = [];

    public List<EventRecord> Published { get; } = [];

    /// <summary>The number of records in a batch.</summary>
    public int BatchSize { get; set; } = 2;

    public static StreamId Product(int number = 1) => InMemoryShop.Product(number);

    public CommandRecord Create(int product = 1) => Command(product, InMemoryShop.Create(product));

    public CommandRecord Price(int product, decimal price, Guid? key = null) => Command(product, new UpdateProductPrice(new Money(price, "USD")), key);

    public CommandRecord Command(int product, ICommand command, Guid? key = null)
    {
        _time.Now = _time.Now.AddSeconds(1);
        return new CommandRecord(CommandIds.Named(Guid.Empty, $"{_time.Now:O}"), key, Product(product), command, InMemoryShop.Seller, _time.Now);
    }

    /// <summary>Puts commands on the stream without processing them.</summary>
    public void Put(params CommandRecord[] commands)
    {
        foreach (var command in commands) Put(command.Stream.ToString(), CommandJson.Write(ShopContracts.Commands, command));
    }

    public void Put(string key, byte[] data) => Kept.Add(new ArrivedRecord((1_000 + Kept.Count).ToString(CultureInfo.InvariantCulture), key, _time.Now, data));

    /// <summary>Processes the new records.</summary>
    public async Task ConsumeAsync()
    {
        var processor = new CommandProcessor(Tips, Log, new StreamReader(Log, Tips), this, ShopDomain.Instance, _time, NullLogger<CommandProcessor>.Instance);
        while (_consumed < Kept.Count)
        {
            _time.Now = _time.Now.AddSeconds(1);
            List<ArrivedRecord> batch = [.. Kept.Skip(_consumed).Take(BatchSize)];
            Assert.Null(await processor.ProcessAsync(Source, batch, default));
            _consumed += batch.Count;
        }
    }

    public async Task DoAsync(params CommandRecord[] commands)
    {
        Put(commands);
        await ConsumeAsync();
    }

    /// <summary>Returns a copy of the log.</summary>
    public async Task<InMemoryEventLog> CopyLogAsync()
    {
        var copy = new InMemoryEventLog();
        await copy.AppendAsync(await Log.ReadAllAsync(null, default).ToListAsync(), await Log.ReadOutcomesAsync(default).ToListAsync(), default);
        return copy;
    }

    /// <summary>Returns a copy of the tips.</summary>
    public async Task<InMemoryStreamTips> CopyTipsAsync()
    {
        var copy = new InMemoryStreamTips();
        await foreach (var tip in Tips.ScanAsync(default)) Assert.True(await copy.CommitAsync(tip, null, default));
        return copy;
    }

    public Task<RecoveryReport> RecoverAsync(bool isDry = false, bool both = false) =>
        new StoreRecovery(ShopDomain.Instance, Log, Log, Tips, _ => Kept.ToList().Select(record => (Source, record)).ToAsyncEnumerable()).RunAsync(isDry, both, _ => { }, default);

    /// <summary>Recovers, resumes the streams, and processes the records.</summary>
    public async Task<RecoveryReport> RecoverAndConsumeAsync(bool both = false)
    {
        var report = await RecoverAsync(both: both);
        var parked = new ParkedCommands(Tips, ShopDomain.Instance, (records, _) =>
        {
            foreach (var (stream, data) in records) Put(stream.ToString(), data.ToArray());
            return Task.CompletedTask;
        });
        await parked.RedriveAsync(await parked.ListAsync(default).ToListAsync(), default);
        await ConsumeAsync();
        return report;
    }

    /// <summary>Returns the faults in log, tips and the outcomes of the command stream.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        var events = (await Log.ReadAllAsync(null, default).ToListAsync()).ToLookup(e => e.Stream);
        var outcomes = (await Log.ReadOutcomesAsync(default).ToListAsync()).ToLookup(outcome => outcome.Stream);
        List<StreamTip> tips = await Tips.ScanAsync(default).ToListAsync();
        var streams = tips.Select(tip => tip.Stream).Union(events.Select(one => one.Key)).Union(outcomes.Select(one => one.Key));
        var differences = streams.SelectMany(stream => StreamCheck.Of(ShopDomain.Instance, new StreamEvidence(stream, [.. events[stream]], [.. outcomes[stream]], tips.Find(tip => tip.Stream == stream), [])));
        var known = outcomes.SelectMany(one => one).Concat(tips.SelectMany(tip => tip.Newest.Outcomes)).Select(outcome => outcome.CommandId).ToHashSet();
        var open = Kept.Select(record => RecordedAs.Of(Source, record, ShopDomain.Instance)).Where(recorded => !known.Contains(recorded.CommandId)).Select(recorded => $"{recorded.CommandId} has no outcome");
        return [.. differences.Select(difference => $"{difference.Kind}: {difference.Stream}: {difference.Text}"), .. open];
    }

    /// <summary>Returns every event without its time.</summary>
    public async Task<IReadOnlyList<string>> DecidedAsync()
    {
        List<string> all = [];
        await foreach (var tip in Tips.ScanAsync(default))
            all.AddRange((await new StreamReader(Log, Tips).ReadAsync(tip.Stream, HistoryBounds.Everything, default)).Select(e => $"{e.Stream} v{e.Version} {e.EventId} {e.Type} {e.Data}"));
        return [.. all.Order(StringComparer.Ordinal)];
    }

    public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        Published.AddRange(events);
        return Task.CompletedTask;
    }

    private sealed class TickingTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
