using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Waits for a command's outcome by polling its stream's tip.</summary>
public sealed class OutcomeWait(
    TipReader tips,
    PastOutcomes past,
    TimeProvider time)
{
    // A decision takes about 20 ms on warm functions. Each read costs money, so the pauses grow by half of the time
    // waited so far.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastLook = TimeSpan.FromMilliseconds(800);
    private const double Growth = 1.5;

    /// <summary>Returns the outcome, or null if it is unknown after <paramref name="patience"/>.</summary>
    public async Task<CommandOutcome?> ForAsync(CommandRecord record, TimeSpan patience, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var pause = FirstLook;
        for (StreamTip? before = null; time.GetElapsedTime(started) < patience;)
        {
            var left = patience - time.GetElapsedTime(started);
            await Task.Delay(pause < left ? pause : left, time, ct);
            var tip = (await tips.TryReadAsync([record.Stream], ct))?.GetValueOrDefault(record.Stream);
            // An unchanged tip gives the same result, so the log need not be read.
            if (tip is not null && tip.Mark != before?.Mark && (await past.FindAsync(tip, record, ct)).Outcome is { } outcome) return outcome;
            (before, pause) = (tip ?? before, pause * Growth < LastLook ? pause * Growth : LastLook);
        }

        return null;
    }
}
