namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Waited {Patience.TotalSeconds} s in vain: {what}");
            await Task.Delay(5);
        }
    }
}
