namespace ServerlessCqrs.Web.Health;

/// <summary>
/// Caches the latest result of an expensive operation. One caller runs it, and the others wait for it. Failures are not
/// cached.
/// </summary>
internal sealed class Remembered<T>(TimeSpan span, TimeProvider time) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _one = new(1);
    private T? _result;
    private long _at;

    public async Task<T> GetAsync(Func<CancellationToken, Task<T>> make, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_result is { } known && time.GetElapsedTime(_at) < span) return known;
            _result = await make(ct);
            _at = time.GetTimestamp();
            return _result;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
