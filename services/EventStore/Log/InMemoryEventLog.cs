using System.Runtime.CompilerServices;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The log in memory, with the promises of the real one; for tests, simulations and benchmarks. Thread-safe.</summary>
public sealed class InMemoryEventLog(TimeProvider clock) : IEventLog, IEventHistory
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, SortedDictionary<long, List<EventRecord>>> _events = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Dictionary<Guid, List<CommandOutcome>>> _outcomes = new(StringComparer.Ordinal);
    private readonly List<Arrival> _arrivals = [];

    public InMemoryEventLog()
        : this(TimeProvider.System)
    {
    }

    public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        lock (_lock)
        {
            foreach (var e in events)
            {
                if (!_events.TryGetValue(e.Stream.ToString(), out var stream)) _events.Add(e.Stream.ToString(), stream = []);
                if (!stream.TryGetValue(e.Version, out var rows)) stream.Add(e.Version, rows = new(1));
                if (rows.Contains(e)) continue;
                rows.Add(e);
                _arrivals.Add(new Arrival(e.Stream, e.Version, e.At, now));
            }

            foreach (var outcome in outcomes)
            {
                if (!_outcomes.TryGetValue(outcome.Stream.ToString(), out var stream)) _outcomes.Add(outcome.Stream.ToString(), stream = []);
                if (!stream.TryGetValue(outcome.CommandId, out var rows)) stream.Add(outcome.CommandId, rows = new(1));
                if (!rows.Exists(row => OutcomeEquality.Same(row, outcome))) rows.Add(outcome);
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
    {
        lock (_lock)
        {
            IEnumerable<CommandOutcome> found = wanted.SelectMany(query => !_outcomes.TryGetValue(query.Stream.ToString(), out var stream)
                ? []
                : query.KeyId is { } key
                    ? stream.Values.SelectMany(rows => rows).Where(outcome => outcome.CommandId == query.CommandId || outcome.KeyId == key)
                    : stream.GetValueOrDefault(query.CommandId) ?? []);
            return Task.FromResult<IReadOnlyList<CommandOutcome>>([.. found.Distinct().OrderBy(o => o.Stream.ToString(), StringComparer.Ordinal).ThenBy(o => o.At).ThenBy(o => o.IssuedAt)]);
        }
    }

    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<EventRecord>>(
            [
                .. commands.GroupBy(command => command.Stream.ToString(), command => command.CommandId).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .SelectMany(group => Stream(group.Key).Where(e => group.Contains(e.CommandId))),
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
                    .. Stream(stream.ToString()).Where(e =>
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
            return Task.FromResult<IReadOnlyList<EventRecord>>([.. Streams(prefix).SelectMany(Stream).Where(e => e.At <= asOf)]);
    }

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct)
    {
        lock (_lock)
            return Streamed([.. Streams(category is null ? "" : category + "-").SelectMany(stream => _events[stream].Values).SelectMany(rows => rows)], ct);
    }

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct)
    {
        lock (_lock)
            return Streamed([.. _outcomes.Values.SelectMany(stream => stream.OrderBy(command => command.Key)).SelectMany(command => command.Value)], ct);
    }

    public Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct)
    {
        lock (_lock)
        {
            List<Arrival> found = [.. _arrivals.Where(arrival => arrival.ArrivedAt > after).OrderBy(arrival => arrival.ArrivedAt)];
            return Task.FromResult<IReadOnlyList<Arrival>>(found.Count <= limit ? found : [.. found.TakeWhile((arrival, i) => i < limit || arrival.ArrivedAt == found[limit - 1].ArrivedAt)]);
        }
    }

    public IAsyncEnumerable<(StreamId Stream, long Version)> ReadVersionsAsync(string category, CancellationToken ct)
    {
        lock (_lock)
            return Streamed([.. Streams(category + "-").Select(stream => (StreamId.Parse(stream), _events[stream].Keys.Last()))], ct);
    }

    private IEnumerable<string> Streams(string prefix) => _events.Keys.Where(stream => stream.StartsWith(prefix, StringComparison.Ordinal));

    private IEnumerable<EventRecord> Stream(string stream) => _events.TryGetValue(stream, out var events) ? events.Values.Select(rows => rows[0]) : [];

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
