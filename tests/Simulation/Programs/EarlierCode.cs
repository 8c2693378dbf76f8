using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Products.Past;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>
/// What the previous release reads and writes. It sees the latest version of an event with two versions under an
/// unknown number, and leaves it unchanged.
/// </summary>
internal static class EarlierCode
{
    private const int Unknown = 100;

    private static readonly List<WireNameAttribute> New = [.. ShopContracts.Events.NewestTypes.Select(ShopContracts.Events.NameOf).Where(name => name.Version > 1)];

    /// <summary>Returns the event as that release writes it, or null if both releases write the same.</summary>
    public static IEvent? Downcast(IEvent e) => e is ProductDeleted deleted ? new ProductDeletedV1(deleted.Reason) : null;

    /// <summary>True if that release does not know the event.</summary>
    public static bool IsBeyond(EventRecord e) => New.Exists(name => (name.Name, name.Version) == (e.Type, e.TypeVersion));

    public static EventRecord See(EventRecord e) => IsBeyond(e) ? e with { TypeVersion = e.TypeVersion + Unknown } : e;

    public static EventRecord Say(EventRecord e) => e.TypeVersion > Unknown ? e with { TypeVersion = e.TypeVersion - Unknown } : e;

    public static string See(string message) => New.Aggregate(message, (text, name) => text.Replace(Version(name, 0), Version(name, Unknown), StringComparison.Ordinal));

    public static string Say(string message) => New.Aggregate(message, (text, name) => text.Replace(Version(name, Unknown), Version(name, 0), StringComparison.Ordinal));

    private static string Version(WireNameAttribute name, int more) => $"\"type\":\"{name.Name}\",\"typeVersion\":{name.Version + more},";
}

/// <summary>
/// The same rules in the previous release. Its state has another shape, so each release folds what the other has
/// written.
/// </summary>
internal sealed class EarlierDecider(IDecider inner) : IDecider
{
    private const string Begin = "{\"earlier\":";

    public string Category => inner.Category;

    public int StateShape => inner.StateShape - 1;

    public object Initial => inner.Initial;

    public Decision Decide(object state, ICommand command, CommandContext context) => inner.Decide(state, command, context) is Decision.Accepted accepted
        ? Decision.Accept([.. accepted.Events.Select(e => EarlierCode.Downcast(e) ?? e)])
        : inner.Decide(state, command, context);

    public object Evolve(object state, IEvent @event) => inner.Evolve(state, (IEvent)ShopContracts.Events.Newest(@event));

    public bool Creates(ICommand command) => inner.Creates(command);

    public string WriteState(object state) => $"{Begin}{inner.WriteState(state)}}}";

    public object ReadState(string json) => inner.ReadState(json[Begin.Length..^1]);
}

internal sealed class EarlierTips(IStreamTips inner) : IStreamTips
{
    public async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await inner.LoadAsync(streams, ct)).ToDictionary(entry => entry.Key, entry => With(entry.Value, EarlierCode.See));

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => inner.CommitAsync(With(next, EarlierCode.Say), read, ct);

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);

    private static StreamTip With(StreamTip tip, Func<EventRecord, EventRecord> change) => tip with { Newest = tip.Newest with { Events = [.. tip.Newest.Events.Select(change)] } };
}

internal sealed class EarlierLog(IEventLog inner) : IEventLog
{
    public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct) => inner.AppendAsync([.. events.Select(EarlierCode.Say)], outcomes, ct);

    public Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct) => inner.FindOutcomesAsync(wanted, ct);

    public async Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) =>
        [.. (await inner.FindEventsAsync(commands, ct)).Select(EarlierCode.See)];
}

internal sealed class EarlierHistory(IEventHistory inner) : IEventHistory
{
    public async Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) =>
        (await inner.ReadStreamsAsync(streams, bounds, ct)).ToDictionary(entry => entry.Key, entry => (IReadOnlyList<EventRecord>)[.. entry.Value.Select(EarlierCode.See)]);

    public async Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct) => [.. (await inner.ReadPrefixAsync(prefix, asOf, ct)).Select(EarlierCode.See)];

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct) => inner.ReadAllAsync(category, ct);

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct) => inner.ReadOutcomesAsync(ct);

    public Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct) => inner.ReadArrivalsAsync(after, limit, ct);
}

internal sealed class EarlierFollower(ISqsBatchHandler inner) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        inner.HandleAsync([.. messages.Select(message => message with { Body = EarlierCode.See(message.Body) })], context, ct);
}

internal sealed class EarlierDeadLetters(IDeadLetters inner) : IDeadLetters
{
    public Task PutAsync(DeadLetter letter, CancellationToken ct) => inner.PutAsync(letter with { Body = EarlierCode.Say(letter.Body) }, ct);
}
