using System.Threading.RateLimiting;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>
/// Limits how many expensive reads run at once in this process. A few more wait briefly, and all others are refused. So
/// the rest of the service keeps its connections, memory and CPU. On Lambda a process runs one request at a time. There
/// the function's concurrency limits the sum, and ClickHouse refuses these reads while it is busy.
/// </summary>
public sealed class Bulkhead(int atOnce, int waiting, TimeSpan patience, TimeProvider time) : IDisposable
{
    /// <summary>The number of queries that a node with two cores runs at once without delaying its writers.</summary>
    private const int MostQueries = 8;

    private readonly ConcurrencyLimiter _places = new(new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <exception cref="BulkheadFullException">Too many others run and wait, or none of them ended in time.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> read, CancellationToken ct)
    {
        using var place = await EnterAsync(ct);
        if (!place.IsAcquired) throw new BulkheadFullException();
        using var _ = GivingWay.Begin(MostQueries);
        return await read();
    }

    public void Dispose() => _places.Dispose();

    private async Task<RateLimitLease> EnterAsync(CancellationToken ct)
    {
        var place = _places.AttemptAcquire();
        if (place.IsAcquired) return place;
        place.Dispose();
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return await _places.AcquireAsync(permitCount: 1, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new BulkheadFullException();
        }
    }
}

/// <summary>Too many reads of this kind are running. A later retry may succeed.</summary>
public sealed class BulkheadFullException() : Exception("Too many reads of this kind run already.");
