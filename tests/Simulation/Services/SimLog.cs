using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// ClickHouse: it stores every row as often as it gets it, checks nothing, and deduplicates on read. A stream may be
/// read from a replica that lags.
/// </summary>
public sealed class SimLog(Simulator simulator, Dice dice, Network network, Truth truth) : IEventLog, IEventHistory, IStreamLookup, IAuditTrail
{
    private static readonly HashSet<string> Fields = [.. ShopDomain.Instance.IndexedFields];

    private readonly Dictionary<StreamId, SortedList<long, (EventRecord Event, long ArrivedAt)>> _events = [];
    private readonly Dictionary<(StreamId Stream, Guid CommandId), CommandOutcome> _outcomes = [];
    private readonly Dictionary<(StreamId Stream, Guid KeyId), List<CommandOutcome>> _byKey = [];
    private readonly Dictionary<(string Field, string Value), Dictionary<StreamId, DateTimeOffset>> _byField = [];

    public IReadOnlyDictionary<(StreamId Stream, Guid CommandId), CommandOutcome> Outcomes => _outcomes;

    public bool Has(EventRecord e) => _events.TryGetValue(e.Stream, out var rows) && rows.ContainsKey(e.Version);

    public bool Has(CommandOutcome outcome) => _outcomes.ContainsKey((outcome.Stream, outcome.CommandId));

    public IEnumerable<EventRecord> EventsOf(StreamId stream) => _events.TryGetValue(stream, out var rows) ? rows.Values.Select(row => row.Event) : [];

    public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct) => network.CallAsync("clickhouse/writes", "log.append", () => Append(events, outcomes), ct);

    public Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct) => network.CallAsync<IReadOnlyList<CommandOutcome>>(
        "clickhouse",
        "log.find-outcomes",
        () => [.. wanted.SelectMany(Find).Distinct().OrderBy(o => o.Stream.ToString(), StringComparer.Ordinal).ThenBy(o => o.At).ThenBy(o => o.IssuedAt)],
        ct);

    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) => network.CallAsync<IReadOnlyList<EventRecord>>(
        "clickhouse",
        "log.find-events",
        () =>
        [
            .. commands.GroupBy(command => command.Stream, command => command.CommandId).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal).SelectMany(group =>
            {
                var ids = group.ToHashSet();
                return EventsOf(group.Key).Where(e => ids.Contains(e.CommandId));
            }),
        ],
        ct);

    public Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) =>
        network.CallAsync<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>>(
            "clickhouse",
            "log.read-streams",
            () =>
            {
                var seenUntil = dice.Happens("log.late-replica", 0.1) ? simulator.Now - (long)(dice.Roll("log.late-by") * TimeSpan.TicksPerSecond * 10) : long.MaxValue;
                var result = new Dictionary<StreamId, IReadOnlyList<EventRecord>>();
                foreach (var stream in streams)
                {
                    if (!_events.TryGetValue(stream, out var rows)) continue;
                    List<EventRecord> events = [.. rows.Values.Where(row => row.ArrivedAt <= seenUntil && IsWithin(row.Event, bounds)).Select(row => row.Event)];
                    if (events.Count > 0) result[stream] = events;
                }

                return result;
            },
            ct);

    public Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct) => network.CallAsync<IReadOnlyList<EventRecord>>(
        "clickhouse",
        "log.read-prefix",
        () =>
        [
            .. _events.Keys.Where(stream => stream.ToString().StartsWith(prefix, StringComparison.Ordinal)).OrderBy(stream => stream.ToString(), StringComparer.Ordinal)
                .SelectMany(EventsOf).Where(e => e.At <= asOf),
        ],
        ct);

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct) => network.CallAsync<IReadOnlyList<Arrival>>(
        "clickhouse",
        "log.read-arrivals",
        () =>
        [
            .. _events.Values.SelectMany(rows => rows.Values)
                .Select(row => new Arrival(row.Event.Stream, row.Event.Version, Simulator.Start.AddTicks(row.ArrivedAt), TimeSpan.FromTicks(simulator.Now - row.ArrivedAt)))
                .Where(arrival => arrival.ArrivedAt > after)
                .OrderBy(arrival => arrival.ArrivedAt)
                .Take(limit),
        ],
        ct);

    public Task<IReadOnlyList<StreamId>> FindAsync(string category, string field, IReadOnlyCollection<string> values, DateTimeOffset asOf, CancellationToken ct) => network.CallAsync<IReadOnlyList<StreamId>>(
        "clickhouse",
        "log.find-streams",
        () =>
        [
            .. values.SelectMany(value => _byField.GetValueOrDefault((field, value)) ?? [])
                .Where(found => found.Key.Category == category && found.Value <= asOf)
                .Select(found => found.Key)
                .Distinct()
                .OrderBy(stream => stream.ToString(), StringComparer.Ordinal),
        ],
        ct);

    public Task<IReadOnlyList<CommandOutcome>> ReadAsync(TrailQuery query, TrailPlace? after, bool newestFirst, int limit, CancellationToken ct) => network.CallAsync<IReadOnlyList<CommandOutcome>>(
        "clickhouse",
        "log.read-trail",
        () =>
        {
            var named = _outcomes.Values.Where(query.Names).Select(outcome => (Outcome: outcome, Place: TrailPlace.Of(outcome)));
            var left = newestFirst
                ? named.Where(one => after is null || one.Place < after).OrderByDescending(one => one.Place)
                : named.Where(one => after is null || one.Place > after).OrderBy(one => one.Place);
            return [.. left.Take(limit).Select(one => one.Outcome)];
        },
        ct);

    private static bool IsWithin(EventRecord e, HistoryBounds bounds) =>
        e.Version >= bounds.FromVersion && e.Version <= (bounds.ToVersion ?? long.MaxValue) && e.At <= (bounds.AsOf ?? DateTimeOffset.MaxValue);

    private IEnumerable<CommandOutcome> Find(OutcomeQuery query)
    {
        if (_outcomes.TryGetValue((query.Stream, query.CommandId), out var own)) yield return own;
        if (query.KeyId is not { } key || !_byKey.TryGetValue((query.Stream, key), out var all)) yield break;
        foreach (var outcome in all) yield return outcome;
    }

    private bool Append(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes)
    {
        truth.Appended(events, outcomes);
        foreach (var e in events)
        {
            if (!_events.TryGetValue(e.Stream, out var rows)) _events.Add(e.Stream, rows = []);
            if (rows.TryAdd(e.Version, (e, simulator.Now))) Index(e);
        }

        foreach (var outcome in outcomes)
        {
            if (!_outcomes.TryAdd((outcome.Stream, outcome.CommandId), outcome) || outcome.KeyId is not { } key) continue;
            if (!_byKey.TryGetValue((outcome.Stream, key), out var all)) _byKey.Add((outcome.Stream, key), all = []);
            all.Add(outcome);
        }

        return true;
    }

    private void Index(EventRecord e)
    {
        foreach (var field in JsonElement.Parse(e.Data).EnumerateObject())
        {
            if (!Fields.Contains(field.Name) || field.Value.ValueKind != JsonValueKind.String) continue;
            var key = (field.Name, field.Value.GetString()!);
            if (!_byField.TryGetValue(key, out var streams)) _byField.Add(key, streams = []);
            if (!streams.TryGetValue(e.Stream, out var since) || e.At < since) streams[e.Stream] = e.At;
        }
    }
}
