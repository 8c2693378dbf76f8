using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Writing;

/// <summary>One shard of the command stream with everything behind it in memory, and faults on demand.</summary>
internal sealed class Shard
{
    public const string Source = "arn:aws:kinesis:here:0:stream/commands@1";
    public static readonly Actor Seller = new("seller-1", ShopRoles.Seller);
    public static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private long _sequence = 100;
    private DateTimeOffset _now = Noon;

    /// <summary>The consumer's clock, which does not advance.</summary>
    public StandingClock Clock { get; } = new() { Now = Noon };

    public InMemoryEventLog Stored { get; } = new();

    public FaultyLog Log { get; }

    public FaultyTips Tips { get; } = new();

    public FaultyPublisher Publisher { get; } = new();

    public Domain Domain { get; set; } = ShopDomain.Instance;

    public Shard() => Log = new FaultyLog(Stored);

    /// <summary>Creates a consumer like a new process, without memory.</summary>
    public CommandProcessor NewProcess() => new(Tips, Log, new StreamReader(Stored, Tips), Publisher, Domain, Clock, NullLogger<CommandProcessor>.Instance);

    public static StreamId Product(int number = 1) => ProductStreams.IdOf(new Guid(number, 0, 0, new byte[8]));

    public CommandRecord Create(StreamId stream, decimal price = 100, Guid? key = null) => Command(
        stream,
        new CreateProduct("Headphones", "They play music.", "audio", new Money(price, "USD"), 50, "WH_001", new Dictionary<string, string>(), []),
        key);

    public CommandRecord Price(StreamId stream, decimal price, Guid? key = null, long? ifMatch = null) =>
        Command(stream, new UpdateProductPrice(new Money(price, "USD")), key, ifMatch);

    public CommandRecord Command(StreamId stream, ICommand command, Guid? key = null, long? ifMatch = null)
    {
        _now = _now.AddMilliseconds(10);
        var id = key is { } known
            ? CommandIds.Named(known, ShopContracts.Commands.Write(command) + ifMatch)
            : CommandIds.Named(Guid.Empty, _now.Ticks.ToString(CultureInfo.InvariantCulture));
        return new CommandRecord(id, key, stream, command, Seller, _now, ifMatch);
    }

    /// <summary>Returns the records as the shard stores them, each with the next sequence number.</summary>
    public IReadOnlyList<ArrivedRecord> Put(params IEnumerable<CommandRecord> commands) => [.. commands.Select(command => Raw(command.Stream.ToString(), CommandJson.Write(ShopContracts.Commands, command)))];

    public ArrivedRecord Raw(string partitionKey, byte[] data) => new((++_sequence).ToString(CultureInfo.InvariantCulture), partitionKey, ArrivesAt, data);

    /// <summary>The time at which Kinesis accepts records.</summary>
    public DateTimeOffset ArrivesAt { get; set; } = Noon;

    public Task<IReadOnlyList<EventRecord>> HistoryAsync(StreamId stream) => new StreamReader(Stored, Tips).ReadAsync(stream, HistoryBounds.Everything, CancellationToken.None);

    public async Task<CommandOutcome> OutcomeAsync(CommandRecord command) =>
        Assert.Single(await Stored.FindOutcomesAsync([new OutcomeQuery(command.Stream, command.CommandId, null)], CancellationToken.None));
}

internal sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}

internal sealed class FaultyLog(IEventLog inner) : IEventLog
{
    public int Appends { get; private set; }

    public int Lookups { get; private set; }

    public bool FailsBeforeStoring { get; set; }

    public bool FailsAfterStoring { get; set; }

    public async Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct)
    {
        Appends++;
        if (FailsBeforeStoring) throw new IOException("The log is unavailable.");
        await inner.AppendAsync(events, outcomes, ct);
        if (FailsAfterStoring) throw new IOException("The log's answer is lost.");
    }

    public Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
    {
        Lookups++;
        return inner.FindOutcomesAsync(wanted, ct);
    }

    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) => inner.FindEventsAsync(commands, ct);
}

internal sealed class FaultyTips : IStreamTips
{
    private readonly InMemoryStreamTips _inner = new();

    public int Commits { get; private set; }

    public int Loads { get; private set; }

    /// <summary>In bytes, before compression.</summary>
    public int LargestCommit { get; private set; }

    /// <summary>Runs before each commit reaches the table, for example to let another consumer commit first.</summary>
    public Func<Task>? BeforeCommit { get; set; }

    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        Loads++;
        return _inner.LoadAsync(streams, ct);
    }

    public async Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct)
    {
        if (BeforeCommit is { } act)
        {
            BeforeCommit = null;
            await act();
        }

        Commits++;
        LargestCommit = Math.Max(LargestCommit, next.Newest.Events.Sum(e => e.Data.Length + 350) + next.Newest.Outcomes.Sum(outcome => (outcome.CommandData?.Length ?? 0) + 350));
        return await _inner.CommitAsync(next, read, ct);
    }

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => _inner.ScanAsync(ct);
}

internal sealed class FaultyPublisher : IEventPublisher
{
    public List<EventRecord> Published { get; } = [];

    public bool Fails { get; set; }

    public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        if (Fails) throw new IOException("The topic is unavailable.");
        Published.AddRange(events);
        return Task.CompletedTask;
    }
}
