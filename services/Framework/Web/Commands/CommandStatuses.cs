using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Finds what became of commands, and tells one that is on its way from one that never was.</summary>
public sealed class CommandStatuses(OutcomeReader outcomes, Dependencies dependencies, TimeProvider time)
{
    /// <summary>What the command stream keeps (its retention in <c>infra/Topology</c>): while its shard stands still, a command may wait that long, and is decided then.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    /// <summary>How far the clocks of two services may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>The outcome: from the tip, else from the log; null while there is none.</summary>
    /// <exception cref="DependencyAwayException">What could tell cannot be reached.</exception>
    public async Task<CommandOutcome?> FindAsync(StreamId stream, Guid commandId, CancellationToken ct)
    {
        try
        {
            return await outcomes.FindAsync(stream, commandId, ct);
        }
        catch (DependencyAwayException e) when (e.Dependency == dependencies.Tips.Name)
        {
            return await outcomes.FindInLogAsync(stream, commandId, ct) ?? throw new DependencyAwayException(e.Dependency, e);
        }
    }

    /// <summary>Whether a command without an outcome, issued then, may be on its way.</summary>
    public bool MayBePending(DateTimeOffset issued)
    {
        var age = time.GetUtcNow() - issued;
        return age < LongestWait && age > -Skew;
    }
}
