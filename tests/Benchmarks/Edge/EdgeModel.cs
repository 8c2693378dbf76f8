namespace ServerlessCqrs.Benchmarks.Edge;

/// <summary>
/// Simulates one edge location in virtual time. Reads and changes arrive at random (Poisson), from a seed. Nothing of
/// AWS runs: the model counts what the edge would fetch, invalidate and serve. Changes of a product within <see
/// cref="Window"/> share one invalidation, as messages in a batch do.
/// </summary>
internal sealed class EdgeModel(
    EdgePolicy policy,
    Popularity popularity,
    double changesPerSecond,
    double readsPerSecond,
    int seed)
{
    /// <summary>
    /// The time from the change until the edge has dropped the old response: read model, queue and CloudFront. It is an
    /// assumption: CloudFront promises no time.
    /// </summary>
    public static readonly TimeSpan InvalidatedAfter = TimeSpan.FromSeconds(5);

    private const double Window = 1;

    private readonly Random _random = new(seed);
    private readonly double[] _keptUntil = new double[popularity.Products];
    private readonly double[] _askedAt = Enumerable.Repeat(double.NegativeInfinity, popularity.Products).ToArray();
    private readonly bool[] _isStale = new bool[popularity.Products];
    private readonly Queue<(double At, int Product)> _invalidations = [];
    private readonly List<double> _oldFor = [];
    private double _spentUntil;

    /// <summary>
    /// Runs until at least this many changes have happened and the edge is warm. Only the second half counts. There,
    /// the budget is used up if changes exceed it.
    /// </summary>
    public EdgeFigures Run(int changes)
    {
        var warm = Math.Max(changes / changesPerSecond, 4 * policy.Lifetime.TotalSeconds);
        var end = 2 * warm;
        var (now, reads, stale, fetched, invalidated) = (0d, 0L, 0L, 0L, 0L);
        while (now < end)
        {
            now += -Math.Log(1 - _random.NextDouble()) / (changesPerSecond + readsPerSecond);
            var counts = now >= warm;
            Invalidate(now);
            var product = popularity.Next(_random);
            if (_random.NextDouble() * (changesPerSecond + readsPerSecond) < changesPerSecond)
            {
                if (Change(product, now, counts) && counts) invalidated++;
                continue;
            }

            var isFetched = Read(product, now);
            if (!counts) continue;
            reads++;
            if (isFetched) fetched++;
            else if (_isStale[product]) stale++;
        }

        _oldFor.Sort();
        return new EdgeFigures(_oldFor, stale / (double)reads, fetched / (end - warm), invalidated / (end - warm));
    }

    /// <returns>Whether the edge requested the product from the origin.</returns>
    private bool Read(int product, double now)
    {
        if (_keptUntil[product] > now) return false;
        _keptUntil[product] = now + policy.Lifetime.TotalSeconds;
        _isStale[product] = false;
        return true;
    }

    /// <returns>Whether the change costs an invalidation.</returns>
    private bool Change(int product, double now, bool counts)
    {
        var isInvalidated = now - _askedAt[product] < Window;
        var costs = !isInvalidated && Take(now);
        if (costs)
        {
            _askedAt[product] = now;
            _invalidations.Enqueue((now + InvalidatedAfter.TotalSeconds, product));
        }

        var left = Math.Max(0, _keptUntil[product] - now);
        if (counts) _oldFor.Add(isInvalidated || costs ? Math.Min(left, InvalidatedAfter.TotalSeconds) : left);
        if (left > 0) _isStale[product] = true;
        return costs;
    }

    private void Invalidate(double now)
    {
        while (_invalidations.TryPeek(out var next) && next.At <= now)
        {
            _invalidations.Dequeue();
            _keptUntil[next.Product] = 0;
        }
    }

    /// <summary>Takes a token from a bucket that is nearly empty, because its burst was used long ago.</summary>
    private bool Take(double now)
    {
        if (policy.PathsPerHour is not { } paths) return true;
        if (paths == 0 || _spentUntil > now) return false;
        _spentUntil = Math.Max(_spentUntil, now - (3600 / paths)) + (3600 / paths);
        return true;
    }
}

/// <param name="OldFor">The seconds during which the edge could still serve the old response; one entry per change,
/// ascending.</param>
/// <param name="StaleShare">The share of reads that returned an old version.</param>
/// <param name="FetchedPerSecond">The requests from the edge to the gateway.</param>
internal sealed record EdgeFigures(
    IReadOnlyList<double> OldFor,
    double StaleShare,
    double FetchedPerSecond,
    double InvalidatedPerSecond);
