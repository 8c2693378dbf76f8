using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// The log in memory, with the guarantees of the real log, for tests, simulations and benchmarks. Thread-safe.
/// </summary>
public sealed class InMemoryEventLog(TimeProvider clock) : IEventLog, IEventHistory, IStreamIndex, IStreamLookup, IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StreamId, List<EventRecord>> _events = [];
    private readonly Dictionary<(StreamId Stream, Guid CommandId), CommandOutcome> _outcomes = [];
    private readonly Dictionary<(StreamId Stream, Guid CommandId), List<CommandOutcome>> _contradictions = [];
    private readonly Dictionary<(StreamId Stream, Guid KeyId), List<CommandOutcome>> _byKey = [];
    private readonly List<Arrival> _arrivals = [];

    public InMemoryEventLog()
        : this(TimeProvider.System)
    {
    }

    public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var now = clock.GetUtcMilliseconds();
        lock (_lock)
        {
            foreach (var e in events)
                if (Add(e)) _arrivals.Add(new Arrival(e.Stream, e.Version, now, TimeSpan.Zero));
            foreach (var outcome in outcomes) Add(outcome);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
    {
        lock (_lock)
        {
            var found = wanted.SelectMany(query => Outcomes((query.Stream, query.CommandId)).Concat(query.KeyId is { } key ? _byKey.GetValueOrDefault((query.Stream, key)) ?? [] : []));
            return Task.FromResult<IReadOnlyList<CommandOutcome>>([.. found.Distinct().OrderBy(o => o.Stream.ToString(), StringComparer.Ordinal).ThenBy(o => o.At).ThenBy(o => o.IssuedAt)]);
        }
    }

    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<EventRecord>>(
            [
                .. commands.GroupBy(command => command.Stream, command => command.CommandId).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal).SelectMany(group =>
                {
                    var ids = group.ToHashSet();
                    return OneByVersion(group.Key).Where(e => ids.Contains(e.CommandId));
                }),
            ]);
        }
    }

    public Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        var result = new Dictionary<StreamId, IReadOnlyList<EventRecord>>();
        lock (_lock)
        {
            foreach (var stream in streams)
            {
                List<EventRecord> events =
                [
                    .. OneByVersion(stream).Where(e =>
                        e.Version >= bounds.FromVersion && e.Version <= (bounds.ToVersion ?? long.MaxValue) && e.At <= (bounds.AsOf ?? DateTimeOffset.MaxValue)),
                ];
                if (events.Count > 0) result[stream] = events;
            }
        }

        return Task.FromResult<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>>(result);
    }

    public Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<EventRecord>>([.. Streams(prefix).SelectMany(OneByVersion).Where(e => e.At <= asOf)]);
    }

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct)
    {
        lock (_lock)
            return Streamed([.. Streams(category is null ? "" : category + "-").SelectMany(stream => _events[stream])], ct);
    }

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct)
    {
        lock (_lock)
            return Streamed([.. _outcomes.Keys.OrderBy(key => key.Stream.ToString(), StringComparer.Ordinal).ThenBy(key => key.CommandId).SelectMany(Outcomes)], ct);
    }

    public Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            List<Arrival> found = [.. _arrivals.Where(arrival => arrival.ArrivedAt > after).OrderBy(arrival => arrival.ArrivedAt).Select(arrival => arrival with { Age = now - arrival.ArrivedAt })];
            return Task.FromResult<IReadOnlyList<Arrival>>(found.Count <= limit ? found : [.. found.TakeWhile((arrival, i) => i < limit || arrival.ArrivedAt == found[limit - 1].ArrivedAt)]);
        }
    }

    public Task<IReadOnlyList<(StreamId Stream, long Version)>> ListAsync(StreamRange range, int limit, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<(StreamId, long)>>([.. In(range).Take(limit)]);
    }

    public Task<(long Streams, long Events)> CountAsync(StreamRange range, CancellationToken ct)
    {
        lock (_lock)
        {
            List<(StreamId Stream, long Version)> all = [.. In(range)];
            return Task.FromResult(((long)all.Count, all.Sum(one => one.Version)));
        }
    }

    public Task<IReadOnlyList<StreamId>> FindAsync(string category, string field, IReadOnlyCollection<string> values, DateTimeOffset asOf, CancellationToken ct)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<StreamId>>([.. Streams(category + "-").Where(stream => OneByVersion(stream).Any(e => e.At <= asOf && Says(e)))]);

        bool Says(EventRecord e) => JsonElement.Parse(e.Data).TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && values.Contains(value.GetString());
    }

    public Task<IReadOnlyList<CommandOutcome>> ReadAsync(TrailQuery query, TrailPlace? after, bool newestFirst, int limit, CancellationToken ct)
    {
        lock (_lock)
        {
            var named = _outcomes.Values.Where(query.Names).Select(outcome => (Outcome: outcome, Place: TrailPlace.Of(outcome)));
            var left = newestFirst
                ? named.Where(one => after is null || one.Place < after).OrderByDescending(one => one.Place)
                : named.Where(one => after is null || one.Place > after).OrderBy(one => one.Place);
            return Task.FromResult<IReadOnlyList<CommandOutcome>>([.. left.Take(limit).Select(one => one.Outcome)]);
        }
    }

    // Rows are sorted by version, and a new row is nearly always the last.
    private bool Add(EventRecord e)
    {
        ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_events, e.Stream, out _);
        rows ??= [];
        var at = rows.Count;
        while (at > 0 && rows[at - 1].Version >= e.Version)
        {
            at--;
            if (rows[at] == e) return false;
        }

        while (at < rows.Count && rows[at].Version == e.Version) at++;
        rows.Insert(at, e);
        return true;
    }

    private void Add(CommandOutcome outcome)
    {
        var key = (outcome.Stream, outcome.CommandId);
        if (!_outcomes.TryAdd(key, outcome))
        {
            if (Outcomes(key).Any(other => OutcomeEquality.Same(other, outcome))) return;
            ListOf(_contradictions, key).Add(outcome);
        }

        if (outcome.KeyId is { } keyId) ListOf(_byKey, (outcome.Stream, keyId)).Add(outcome);
    }

    private IEnumerable<CommandOutcome> Outcomes((StreamId Stream, Guid CommandId) key) =>
        _outcomes.TryGetValue(key, out var first) ? [first, .. _contradictions.GetValueOrDefault(key) ?? []] : [];

    private IEnumerable<StreamId> Streams(string prefix) =>
        _events.Keys.Where(stream => stream.ToString().StartsWith(prefix, StringComparison.Ordinal)).OrderBy(stream => stream.ToString(), StringComparer.Ordinal);

    private IEnumerable<(StreamId Stream, long Version)> In(StreamRange range) => Streams(range.Category + "-")
        .Where(stream => range.After is null || string.CompareOrdinal(stream.ToString(), range.After.ToString()) > 0)
        .Where(stream => range.ChangedSince is null || _events[stream].Exists(e => e.At >= range.ChangedSince))
        .Select(stream => (stream, _events[stream][^1].Version));

    private IEnumerable<EventRecord> OneByVersion(StreamId stream)
    {
        var rows = _events.GetValueOrDefault(stream) ?? [];
        return rows.Where((e, i) => i == 0 || rows[i - 1].Version != e.Version);
    }

    private static List<CommandOutcome> ListOf(Dictionary<(StreamId, Guid), List<CommandOutcome>> lists, (StreamId, Guid) key)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
        return list ??= new List<CommandOutcome>(1);
    }

    private static async IAsyncEnumerable<T> Streamed<T>(IReadOnlyList<T> items, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var item in items)
        {
            ct.ThrowIfCancellationRequested();
            yield return item;
        }

        await Task.CompletedTask;
    }
}
