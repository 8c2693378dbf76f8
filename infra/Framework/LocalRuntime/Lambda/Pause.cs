namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>A wait that the stop of the loop around it ends without an exception.</summary>
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
            // the loop looks itself
        }
    }
}
