namespace ServerlessCqrs.Lambda;

/// <summary>
/// Reports to Lambda why a program could not start. Otherwise Lambda only sees that the process ended.
/// </summary>
internal sealed class InitErrors : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly RuntimeApi _api;

    /// <summary>
    /// Reports the process's unhandled exception until it is disposed, which happens once the program has started.
    /// </summary>
    public InitErrors(RuntimeApi api)
    {
        _api = api;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
    }

    public static async Task ReportAsync(RuntimeApi api, Exception e)
    {
        await Console.Error.WriteLineAsync($"The function could not start: {e}");
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await api.FailInitAsync(RuntimeError.Of(e), patience.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The Runtime API did not take the init error: {failure.Message}");
        }
    }

    public void Dispose() => AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;

    // The process ends when this returns, so it must wait.
    private void OnUnhandled(object sender, UnhandledExceptionEventArgs args)
    {
        if (args.ExceptionObject is Exception e) Task.Run(() => ReportAsync(_api, e)).GetAwaiter().GetResult();
    }
}
