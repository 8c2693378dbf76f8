namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>A delay that ends without an exception when its loop is stopped.</summary>
internal static class Pause
{
    public static async Task ForAsync(TimeSpan time, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await Task.Delay(time, clock, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop checks for the stop itself.
        }
    }
}
