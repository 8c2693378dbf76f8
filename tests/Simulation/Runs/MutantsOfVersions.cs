using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Programs;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Does not wait for code that knows the latest version of an event.</summary>
internal sealed class SkippingFollower(ISqsBatchHandler inner) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        inner.HandleAsync([.. messages.Select(message => message with { Body = WithoutNewest(message.Body) })], context, ct);

    private static string WithoutNewest(string body)
    {
        var message = EventMessage.Parse(ShopContracts.Events, body);
        return EventMessage.Write([.. message.Events.Where(e => !EarlierCode.IsBeyond(e))], message.Hints);
    }
}

/// <summary>Ignores the latest version of a command.</summary>
internal sealed class ImpatientHandler(IKinesisBatchHandler inner) : IKinesisBatchHandler
{
    public Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct) => inner.HandleAsync([.. records.Select(WithoutNewest)], context, ct);

    private static KinesisRecord WithoutNewest(KinesisRecord record) => NewerCommands.IsNewer(record.Data)
        ? record with { Data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(record.Data.Span).Replace("\"typeVersion\":2", "\"typeVersion\":0", StringComparison.Ordinal)) }
        : record;
}

/// <summary>Ignores parked records of a tip, and writes the next tip without them.</summary>
internal sealed class UnparkingTips(IStreamTips tips) : WrappedTips(tips)
{
    private readonly Dictionary<StreamId, StreamTip> _real = [];

    public override async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var read = await base.LoadAsync(streams, ct);
        foreach (var (stream, tip) in read) _real[stream] = tip;
        return read.ToDictionary(one => one.Key, one => one.Value with { Parked = [] });
    }

    public override Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) =>
        base.CommitAsync(next, read is not null && _real.GetValueOrDefault(next.Stream) is { } real && real.Position == read.Position ? real : read, ct);
}

/// <summary>Writes each event as the previous release would, whichever release wrote it first.</summary>
internal sealed class RewritingLog(IEventLog inner) : WrappedLog(inner)
{
    public override Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct) => base.AppendAsync([.. events.Select(Earlier)], outcomes, ct);

    private static EventRecord Earlier(EventRecord e) => EarlierCode.IsBeyond(e) && EarlierCode.Downcast(e.Event) is { } past
        ? e with { TypeVersion = Shop.ShopContracts.Events.NameOf(past).Version, Data = Shop.ShopContracts.Events.Write(past) }
        : e;
}
