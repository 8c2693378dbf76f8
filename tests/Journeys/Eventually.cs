namespace ServerlessCqrs.Journeys;

/// <summary>Waits for conditions, never only for a time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Returns when the condition holds. After the timeout it fails with the text of <paramref name="why"/>.
    /// </summary>
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
