using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.Web.Commands;

/// <summary>
/// Reads the log for the command service. Without a response in time, a command looks undecided. The consumer knows
/// better, and decides nothing twice.
/// </summary>
public sealed class HastyLog(
    IEventLog log,
    TimeProvider time,
    ILogger<HastyLog> logger) : IOutcomeLog
{
    /// <summary>Finding an outcome takes about 10 ms. After this time, the consumer decides.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            return await log.FindOutcomesAsync(wanted, either.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var first = wanted.First();
            logger.LogWarning(
                e,
                "The log did not return the outcome of {Command} on {Stream}.",
                first.CommandId,
                first.Stream);
            return [];
        }
    }
}
