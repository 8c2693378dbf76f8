namespace ServerlessCqrs.Web.Health;

/// <summary>The newest result of something that costs too much to do for each request; one caller does it, the others wait for it. A failure is not remembered.</summary>
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
