namespace ServerlessCqrs.Operator.Demo;

/// <summary>Starts steps at an even rate until it is cancelled or its time is over.</summary>
/// <param name="rate">Steps per second.</param>
internal sealed class DemoRun(DemoPlay play, DemoCounts counts, int rate, TimeProvider time, Action<string> print)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // Limits the open requests if the shop does not respond.
    private const int MostAtOnce = 200;

    public async Task RunAsync(TimeSpan? length, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var printed = TimeSpan.Zero;
        List<Task> running = [];
        await play.OpenAsync(ct);
        try
        {
            for (var step = 1L; !(time.GetElapsedTime(began) >= length); step++)
            {
                await Task.Delay(Max(TimeSpan.FromSeconds(step / (double)rate) - time.GetElapsedTime(began), TimeSpan.Zero), time, ct);
                running.RemoveAll(task => task.IsCompleted);
                if (running.Count < MostAtOnce) running.Add(play.StepAsync(ct));
                if (time.GetElapsedTime(began) is var elapsed && elapsed - printed < Every) continue;
                printed = elapsed;
                print(counts.Line(elapsed));
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        print(counts.Line(time.GetElapsedTime(began)));
        print($"Refusals: {counts.Refusals()}");
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
