namespace ServerlessCqrs.Benchmarks;

/// <summary>Converts an exception into one line for a person and an exit code.</summary>
internal static class Failures
{
    public static async Task<int> ReportAsync(Func<Task> measure)
    {
        try
        {
            await measure();
            return 0;
        }
        catch (Exception e) when (e is LatencyException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
