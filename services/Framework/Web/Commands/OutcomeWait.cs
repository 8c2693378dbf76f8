using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Waits for a command's outcome by looking at its stream's tip.</summary>
public sealed class OutcomeWait(
    TipReader tips,
    PastOutcomes past,
    TimeProvider time)
{
    // A decision takes some 20 ms where all is warm; each look is a read that costs, so they grow apart, by half of what was waited so far.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastLook = TimeSpan.FromMilliseconds(800);
    private const double Growth = 1.5;

    /// <summary>The outcome, or null where it is not known after <paramref name="patience"/>.</summary>
    public async Task<CommandOutcome?> ForAsync(CommandRecord record, TimeSpan patience, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var pause = FirstLook;
        for (StreamTip? before = null; time.GetElapsedTime(started) < patience;)
        {
            var left = patience - time.GetElapsedTime(started);
            await Task.Delay(pause < left ? pause : left, time, ct);
            var tip = (await tips.TryReadAsync([record.Stream], ct))?.GetValueOrDefault(record.Stream);
            // The same tip again says the same again: the log need not be asked.
            if (tip is not null && tip.Mark != before?.Mark && (await past.FindAsync(tip, record, ct)).Outcome is { } outcome) return outcome;
            (before, pause) = (tip ?? before, pause * Growth < LastLook ? pause * Growth : LastLook);
        }

        return null;
    }
}
