using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Finds the outcomes of commands, and distinguishes pending commands from unknown ones.</summary>
public sealed class CommandStatuses(OutcomeReader outcomes, Dependencies dependencies, TimeProvider time)
{
    /// <summary>
    /// The retention of the command stream (<c>infra/Topology</c>). A command can wait that long while its shard is
    /// blocked, and is decided then.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    /// <summary>The largest clock difference between two services.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Returns the outcome from the tip or the log, or null while there is none.</summary>
    /// <exception cref="DependencyAwayException">The stores that may have it cannot be reached.</exception>
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

    /// <summary>Returns true if a command without an outcome, issued at that time, may be pending.</summary>
    public bool MayBePending(DateTimeOffset issued)
    {
        var age = time.GetUtcNow() - issued;
        return age < LongestWait && age > -Skew;
    }
}
