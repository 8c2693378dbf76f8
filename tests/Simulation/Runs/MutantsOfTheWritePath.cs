using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Runs;

internal class WrappedTips(IStreamTips inner) : IStreamTips
{
    public virtual Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.LoadAsync(streams, ct);

    public virtual Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => inner.CommitAsync(next, read, ct);

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);
}

/// <summary>Treats every record as new, whatever the tip's sequence number.</summary>
internal sealed class ForgetfulTips(IStreamTips tips) : WrappedTips(tips)
{
    private readonly Dictionary<StreamId, StreamTip> _real = [];

    public override async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var read = await base.LoadAsync(streams, ct);
        foreach (var (stream, tip) in read) _real[stream] = tip;
        return read.ToDictionary(entry => entry.Key, entry => entry.Value with { Position = entry.Value.Position with { SequenceNumber = "0" } });
    }

    public override async Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct)
    {
        var done = await base.CommitAsync(next, read is { Position.SequenceNumber: "0" } ? _real[next.Stream] : read, ct);
        if (done) _real[next.Stream] = next;
        return done;
    }
}

internal sealed class OutcomesApartTips(IStreamTips tips) : WrappedTips(tips)
{
    public override Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => base.CommitAsync(next with { Newest = next.Newest with { Outcomes = [] } }, read, ct);
}

internal sealed class RinglessTips(IStreamTips tips) : WrappedTips(tips)
{
    public override async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await base.LoadAsync(streams, ct)).ToDictionary(entry => entry.Key, entry => entry.Value with { Ring = OutcomeRing.Empty });
}

internal sealed class SigningTips(IStreamTips tips) : WrappedTips(tips)
{
    private static readonly Actor Consumer = new("commands-to-events", Actor.Operator);

    public override Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) =>
        base.CommitAsync(next with { Newest = next.Newest with { Events = [.. next.Newest.Events.Select(e => e with { Actor = Consumer })] } }, read, ct);
}

/// <summary>Does not know the time of the stream's last decision.</summary>
internal sealed class TimelessTips(IStreamTips tips) : WrappedTips(tips)
{
    public override async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await base.LoadAsync(streams, ct)).ToDictionary(entry => entry.Key, entry => entry.Value with { LastAt = DateTimeOffset.MinValue });
}

/// <summary>Gives events and outcomes the times at which their commands were issued.</summary>
internal sealed class IssuedTimes(IStreamTips tips) : WrappedTips(tips)
{
    public override Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct)
    {
        var issued = next.Newest.Outcomes.ToDictionary(outcome => outcome.CommandId, outcome => outcome.IssuedAt);
        var newest = new Commit(
            [.. next.Newest.Events.Select(e => e with { At = issued[e.CommandId] })],
            [.. next.Newest.Outcomes.Select(outcome => outcome with { At = outcome.IssuedAt })]);
        return base.CommitAsync(next with { Newest = newest }, read, ct);
    }
}

/// <summary>
/// Treats a command as undecided if its decision is later than everything that the ring has evicted. So it compares
/// times of decision instead of issue.
/// </summary>
internal sealed class TrustingRing(IStreamTips tips) : WrappedTips(tips)
{
    public override async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var read = await base.LoadAsync(streams, ct);
        return read.ToDictionary(entry => entry.Key, entry => entry.Value.Ring.EvictedThrough is null ? entry.Value : entry.Value with { Ring = entry.Value.Ring with { EvictedThrough = DateTimeOffset.MinValue } });
    }
}

internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}

internal class WrappedLog(IEventLog inner) : IEventLog
{
    public virtual Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct) => inner.AppendAsync(events, outcomes, ct);

    public Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct) => inner.FindOutcomesAsync(wanted, ct);

    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) => inner.FindEventsAsync(commands, ct);
}

internal sealed class DeafLog(IEventLog inner) : WrappedLog(inner)
{
    public override async Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct)
    {
        try
        {
            await base.AppendAsync(events, outcomes, ct);
        }
        catch (SimulatedFaultException)
        {
            // Continues as if nothing had happened.
        }
    }
}

/// <summary>Appends rows only after they were published.</summary>
internal sealed class WrongOrder(IEventLog log, IEventPublisher publisher) : WrappedLog(log), IEventPublisher
{
    private readonly IEventLog _log = log;
    private readonly List<(IReadOnlyList<EventRecord> Events, IReadOnlyList<CommandOutcome> Outcomes)> _kept = [];

    public static (IEventLog Log, IEventPublisher Publisher) Of(IEventLog log, IEventPublisher publisher)
    {
        var both = new WrongOrder(log, publisher);
        return (both, both);
    }

    public override Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct)
    {
        _kept.Add((events, outcomes));
        return Task.CompletedTask;
    }

    public async Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        await publisher.PublishAsync(events, ct);
        foreach (var (late, outcomes) in _kept) await _log.AppendAsync(late, outcomes, ct);
        _kept.Clear();
    }
}

internal sealed class DeafPublisher(IEventPublisher inner) : IEventPublisher
{
    public async Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        try
        {
            await inner.PublishAsync(events, ct);
        }
        catch (Aws.Reliable.MessagesNotPublishedException)
        {
            // Continues as if nothing had happened.
        }
    }
}

internal sealed class HastyStream(ICommandStream inner) : ICommandStream
{
    public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
    {
        _ = inner.PutAsync(commands, ct);
        return Task.CompletedTask;
    }
}

/// <summary>Sends all records in one call, and all again while any fails.</summary>
internal sealed class NaiveWriter
{
    public static Func<IReadOnlyList<PutRecordsRequestEntry>, CancellationToken, Task> Of(IAmazonKinesis kinesis, SimProcess process) => async (records, ct) =>
    {
        for (var failed = 1; failed > 0;)
        {
            try
            {
                failed = (await kinesis.PutRecordsAsync(new PutRecordsRequest { Records = [.. records] }, ct)).FailedRecordCount ?? 0;
            }
            catch (SimulatedFaultException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), process.Clock, ct);
            }
        }
    };
}

internal sealed class SortingHandler(IKinesisBatchHandler inner) : IKinesisBatchHandler
{
    public Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct) => inner.HandleAsync([.. records.OrderBy(IssuedAt)], context, ct);

    private static long IssuedAt(KinesisRecord record)
    {
        var text = System.Text.Encoding.UTF8.GetString(record.Data.Span);
        var at = text.LastIndexOf("\"at\":", StringComparison.Ordinal);
        if (at < 0) return 0;
        var digits = text.AsSpan(at + 5);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return long.Parse(end < 0 ? digits : digits[..end], System.Globalization.CultureInfo.InvariantCulture);
    }
}

internal sealed class CarelessHandler(IKinesisBatchHandler inner) : IKinesisBatchHandler
{
    public async Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct)
    {
        await inner.HandleAsync(records, context, ct);
        return null;
    }
}

/// <summary>Skips unreadable records, or fails at them forever.</summary>
internal sealed class FilteringHandler(IKinesisBatchHandler inner, bool stops) : IKinesisBatchHandler
{
    public async Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct)
    {
        List<KinesisRecord> readable = [.. records.Where(record => record.Data.Span.IndexOf("\"id\""u8) >= 0)];
        if (readable.Count == records.Count) return await inner.HandleAsync(records, context, ct);
        if (stops) return records[0].SequenceNumber;
        return readable.Count == 0 ? null : await inner.HandleAsync(readable, context, ct);
    }
}

/// <summary>Fails forever at a record whose actor is null.</summary>
internal sealed class BrittleHandler(IKinesisBatchHandler inner) : IKinesisBatchHandler
{
    public Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct) =>
        records.Any(record => record.Data.Span.IndexOf("\"actor\":null"u8) >= 0) ? Task.FromResult<string?>(records[0].SequenceNumber) : inner.HandleAsync(records, context, ct);
}

internal class WrappedDecider(IDecider inner) : IDecider
{
    public string Category => inner.Category;

    public int StateShape => inner.StateShape;

    public object Initial => inner.Initial;

    public virtual Decision Decide(object state, ICommand command, CommandContext context) => inner.Decide(state, command, context);

    public virtual object Evolve(object state, IEvent @event) => inner.Evolve(state, @event);

    public bool Creates(ICommand command) => inner.Creates(command);

    public string WriteState(object state) => inner.WriteState(state);

    public object ReadState(string json) => inner.ReadState(json);
}

internal sealed class TrustingDecider(IDecider inner) : WrappedDecider(inner)
{
    public override Decision Decide(object state, ICommand command, CommandContext context) =>
        base.Decide(state, command, state is ProductState.OnSale product ? context with { By = context.By with { Id = product.Seller } } : context);
}

/// <summary>Treats a missing name as no name.</summary>
internal sealed class NameErasingDecider(IDecider inner) : WrappedDecider(inner)
{
    public override Decision Decide(object state, ICommand command, CommandContext context) =>
        (state, command, base.Decide(state, command, context)) switch
        {
            (CustomerState.Registered { Name: not null }, RegisterUser { Name: null }, Decision.Accepted accepted) => Decision.Accept([.. accepted.Events, new UserNameChanged(null)]),
            (CustomerState.Registered { Name: not null }, RegisterUser { Name: null }, Decision.Nothing) => Decision.Accept(new UserNameChanged(null)),
            var (_, _, decision) => decision,
        };
}

/// <summary>Sends records whose JSON is escaped as for a page.</summary>
internal sealed class EscapingStream(IAmazonKinesis inner)
    : Programs.NewerCommands.Rewritten(inner, data => System.Text.Encoding.UTF8.GetBytes(System.Text.Json.Nodes.JsonNode.Parse(data)!.ToJsonString()));

/// <summary>Lets a product grow beyond the limit of its document.</summary>
internal sealed class BoundlessDecider(IDecider inner) : WrappedDecider(inner)
{
    public override Decision Decide(object state, ICommand command, CommandContext context) => (base.Decide(state, command, context), command) switch
    {
        (Decision.Refused refused, AddProductImage add) when refused.Code == ProductRefusals.ProductTooLarge.Code => Decision.Accept(new ProductImageAdded(new ProductImage(add.ImageId, add.Url, add.Alt))),
        (Decision.Refused refused, ReviseProductDetails revise) when refused.Code == ProductRefusals.ProductTooLarge.Code => Decision.Accept(new ProductDetailsRevised(revise.Name, revise.Description, revise.Category, revise.Specifications)),
        (var decision, _) => decision,
    };
}

/// <summary>Takes pieces that are not in stock.</summary>
internal sealed class NegativeStockDecider(IDecider inner) : WrappedDecider(inner)
{
    public override Decision Decide(object state, ICommand command, CommandContext context) =>
        base.Decide(state, command, context) is Decision.Refused refused
            && refused.Code == ProductRefusals.InsufficientStock.Code
            && (state, command) is (ProductState.OnSale product, AdjustInventory adjust)
            ? Decision.Accept(new InventoryAdjusted(adjust.Delta, product.Quantity + adjust.Delta, adjust.Reason))
            : base.Decide(state, command, context);
}

/// <summary>Retries an unreadable record for a while.</summary>
internal sealed class HopefulHandler(IKinesisBatchHandler inner) : IKinesisBatchHandler
{
    private const int Tries = 10;

    private static readonly ConditionalWeakTable<byte[], StrongBox<int>> Tried = [];

    public Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct)
    {
        var hopeless = records.FirstOrDefault(record => record.Data.Span.IndexOf("\"id\""u8) < 0 && MemoryMarshal.TryGetArray(record.Data, out var bytes) && Tried.GetOrCreateValue(bytes.Array!).Value++ < Tries);
        return hopeless is null ? inner.HandleAsync(records, context, ct) : Task.FromResult<string?>(records[0].SequenceNumber);
    }
}
