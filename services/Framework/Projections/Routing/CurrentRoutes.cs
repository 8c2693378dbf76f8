namespace ServerlessCqrs.Projections.Routing;

/// <summary>
/// The routes that a process uses. It reads them again every two seconds, and keeps the last known ones while they
/// cannot be read. Thread-safe.
/// </summary>
public sealed class CurrentRoutes(IReadModelRoutes routes, TimeProvider time)
{
    /// <summary>
    /// How long a process uses the routes that it read last. Within this time, a route is removed everywhere.
    /// </summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A read takes about 5 ms, and requests wait for it. A read that takes longer than this is abandoned.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private Reading? _last;
    private volatile bool _areKnown;

    /// <summary>
    /// True once the routes were read successfully. Before that the first version serves readers. It may be retired,
    /// and then lacks data.
    /// </summary>
    public bool AreKnown => _areKnown;

    /// <summary>
    /// Returns the route of a read model. Returns null if the first version serves everybody, and until the routes were
    /// read for the first time.
    /// </summary>
    /// <param name="name">The common name of all versions, for example <c>products</c>.</param>
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

    // Belongs to no request, because the request that starts the read may be cancelled.
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
            // Readers get responses anyway. Operators see the failure in the table's own metrics.
            return before is null ? new Dictionary<string, ReadModelRoute>() : await before;
        }
    }

    private sealed record Reading(
        long At,
        Task<IReadOnlyDictionary<string, ReadModelRoute>> Routes);
}
