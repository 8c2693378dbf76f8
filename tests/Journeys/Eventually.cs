namespace ServerlessCqrs.Journeys;

/// <summary>Waits on conditions, never on the clock alone.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the condition holds; fails with what <paramref name="why"/> says when it does not in time.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan timeout, Func<string> why)
    {
        using var patience = new CancellationTokenSource(timeout);
        while (!await condition())
        {
            if (patience.IsCancellationRequested) Assert.Fail($"Not within {timeout.TotalSeconds:0} s: {why()}");
            await Task.Delay(Look, TestContext.Current.CancellationToken);
        }
    }
}
