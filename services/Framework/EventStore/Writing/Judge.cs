using Microsoft.Extensions.Logging;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// Judges a command by its stream: idempotency key, version, decision. The write path refuses what <see cref="Bar"/>
/// bars, and decides everything else. The command service predicts outcomes with the same two methods.
/// </summary>
public static class Judge
{
    /// <summary>
    /// Refuses a command regardless of the decider, if another request used its key or the client saw another version.
    /// Returns null otherwise.
    /// </summary>
    /// <param name="seen">The version that the client saw, or null if the command accepts any version.</param>
    public static Decision? Bar(bool keyIsTaken, long? seen, long version)
    {
        if (keyIsTaken)
            return Decision.Refuse(CommonRefusals.IdempotencyKeyReused, "This idempotency key was already used for another request. Use a new key.");
        return seen is { } expected && expected != version
            ? Decision.Refuse(CommonRefusals.VersionMismatch, $"The stream is at version {version}, not {expected}.")
            : null;
    }

    /// <summary>
    /// Decides. An exception becomes the refusal of this command, so that it does not stop the shard.
    /// </summary>
    /// <param name="next">The state after the decision's events.</param>
    public static Decision Decide(
        IDecider decider,
        object state,
        ICommand command,
        CommandContext context,
        Guid commandId,
        ILogger logger,
        out object next)
    {
        next = state;
        try
        {
            var decision = decider.Decide(state, command, context);
            if (decision is Decision.Accepted accepted)
            {
                var evolved = state;
                for (var i = 0; i < accepted.Events.Count; i++) evolved = decider.Evolve(evolved, accepted.Events[i]);
                next = evolved;
            }

            return decision;
        }
#pragma warning disable CA1031 // Whatever a decision throws is its own fault.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogError(e, "Deciding {Command} {CommandId} on {Stream} failed", command.GetType().Name, commandId, context.Stream);
            return Decision.Refuse(CommonRefusals.InternalError, "The decision failed with an internal error. Send it again as a new command.");
        }
    }
}
