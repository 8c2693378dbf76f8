namespace ServerlessCqrs.Projections.Routing;

/// <summary>The routes as a process goes by them: read again every two seconds, and as they were last known while they cannot be read. Thread-safe.</summary>
public sealed class CurrentRoutes(IReadModelRoutes routes, TimeProvider time)
{
    /// <summary>How long a process goes by what it read last: within it, a route is taken back everywhere.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>A reading takes some 5 ms, and whoever asks waits for it: one that takes longer is done without.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private Reading? _last;
    private volatile bool _areKnown;

    /// <summary>Whether they could ever be read. Before that the first version answers, which may be retired: what it lacks may be there.</summary>
    public bool AreKnown => _areKnown;

    /// <summary>The route of a read model; null where the first version answers everybody, and before the routes could be read for the first time.</summary>
    /// <param name="name">What all its versions are called together, as in <c>products</c>.</param>
    public async ValueTask<ReadModelRoute?> OfAsync(string name)
    {
        Reading reading;
        lock (_gate)
        {
            if (_last is null || time.GetElapsedTime(_last.At) >= Fresh) _last = new Reading(time.GetTimestamp(), ReadAsync(_last?.Routes));
            reading = _last;
        }

        return (await reading.Routes).GetValueOrDefault(name);
    }

    // Of nobody's request: who asks for it first may leave.
    private async Task<IReadOnlyDictionary<string, ReadModelRoute>> ReadAsync(Task<IReadOnlyDictionary<string, ReadModelRoute>>? before)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            var read = await routes.ReadAsync(limit.Token).WaitAsync(limit.Token);
            _areKnown = true;
            return read;
        }
        catch (Exception)
        {
            // Of no concern but to operators, who see it on the table's own metrics: readers are answered.
            return before is null ? new Dictionary<string, ReadModelRoute>() : await before;
        }
    }

    private sealed record Reading(
        long At,
        Task<IReadOnlyDictionary<string, ReadModelRoute>> Routes);
}
