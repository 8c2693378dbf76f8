using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>A log and tips with chosen content, which count their reads.</summary>
internal sealed class TestLog : IEventHistory, IStreamTips
{
    private readonly SortedDictionary<(string Stream, long Version), EventRecord> _events = [];
    private readonly List<Arrival> _arrivals = [];

    public int Reads { get; private set; }

    /// <summary>The exception of the next reads.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The time of its clock.</summary>
    public DateTimeOffset Now { get; set; } = Story.Start;

    public StreamReader Reader => new(this, this);

    public TestLog Append(params IEnumerable<EventRecord> events)
    {
        foreach (var e in events) _events[(e.Stream.ToString(), e.Version)] = e;
        return this;
    }

    public TestLog Append(Story story) => Append(story.Events);

    /// <summary>Lets the event arrive in the log at that time.</summary>
    public TestLog Arrive(EventRecord e, DateTimeOffset at)
    {
        _arrivals.Add(new Arrival(e.Stream, e.Version, at, TimeSpan.Zero));
        return Append(e);
    }

    public Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        Reads++;
        if (Failure is not null) throw Failure;
        return Task.FromResult<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>>(_events.Values
            .Where(e => streams.Contains(e.Stream) && e.Version >= bounds.FromVersion)
            .GroupBy(e => e.Stream)
            .ToDictionary(g => g.Key, IReadOnlyList<EventRecord> (g) => [.. g]));
    }

    public Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Arrival>>([.. _arrivals.Where(a => a.ArrivedAt > after).OrderBy(a => a.ArrivedAt).Take(limit).Select(a => a with { Age = Now - a.ArrivedAt })]);

    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<StreamId, StreamTip>>(new Dictionary<StreamId, StreamTip>());

    public Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => throw new NotSupportedException();
}
