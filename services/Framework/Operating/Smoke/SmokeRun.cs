using System.Globalization;
using Amazon.Runtime;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.Operating.Smoke;

/// <summary>
/// Runs the steps of a smoke test and prints a line for each. Afterwards it undoes what the steps made, the latest
/// first.
/// </summary>
/// <param name="patience">How long a step waits for an effect.</param>
public sealed class SmokeRun(TimeSpan patience, TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Stack<(string What, Func<CancellationToken, Task> Undo)> _undo = new();

    /// <returns>Whether every step succeeded, including the cleanup.</returns>
    public async Task<bool> RunAsync(Func<Task<bool>> steps)
    {
        var isGood = false;
        try
        {
            isGood = await steps();
        }
        finally
        {
            // The cleanup also runs after Ctrl-C: nothing else removes what the steps made.
            isGood &= await CleanUpAsync(CancellationToken.None);
        }

        return isGood;
    }

    /// <summary>Has the cleanup undo something. Call it before the step that makes it.</summary>
    public void Undo(string what, Func<CancellationToken, Task> undo) => _undo.Push((what, undo));

    /// <summary>Runs a step, and prints what it did or why it failed.</summary>
    public async Task<bool> StepAsync(string name, Func<Task<string>> run)
    {
        var began = time.GetTimestamp();
        try
        {
            var done = await run();
            var seconds = time.GetElapsedTime(began).TotalSeconds;
            tell(string.Create(CultureInfo.InvariantCulture, $"ok    {name,-10}  {done} ({seconds:0.0} s)"));
            return true;
        }
        catch (Exception e) when (e is SmokeFailedException or HttpRequestException or AmazonClientException or EventLogException
            or TaskCanceledException { InnerException: TimeoutException })
        {
            tell($"FAIL  {name,-10}  {e.Message}");
            return false;
        }
    }

    /// <summary>Looks until the effect is there.</summary>
    /// <param name="missing">Says what is missing, and what to do.</param>
    /// <exception cref="SmokeFailedException">The effect is not there in time.</exception>
    public async Task<T> UntilAsync<T>(
        Func<Task<T>> look,
        Predicate<T> isThere,
        Func<T, string> missing,
        CancellationToken ct)
    {
        var deadline = time.GetUtcNow() + patience;
        while (true)
        {
            var found = await look();
            if (isThere(found)) return found;
            if (time.GetUtcNow() >= deadline)
                throw new SmokeFailedException($"After {patience.TotalSeconds:0} s, {missing(found)}");
            await Task.Delay(Pause, time, ct);
        }
    }

    private async Task<bool> CleanUpAsync(CancellationToken ct)
    {
        var isGood = true;
        foreach (var (what, undo) in _undo)
        {
            isGood &= await StepAsync("clean up", async () =>
            {
                await undo(ct);
                return $"{what} is removed";
            });
        }

        return isGood;
    }
}
