using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>The expected outcome of a command according to the rules.</summary>
public sealed record Judgement(
    CommandStatus Status,
    string? Code,
    IReadOnlyList<IEvent> Events)
{
    public const string KeyReused = "idempotency_key_reused";

    /// <summary>Decides a command.</summary>
    /// <param name="state">The fold of the stream up to <paramref name="version"/>.</param>
    /// <param name="keyIsTaken">True if another command used its idempotency key before.</param>
    /// <param name="by">The actor of the verified token.</param>
    public static Judgement Of(IDecider decider, object state, long version, CommandRecord command, bool keyIsTaken, Actor by, DateTimeOffset at)
    {
        if (keyIsTaken) return Refused(KeyReused);
        if (command.IfMatch is { } seen && seen != version) return Refused("version_mismatch");
        return decider.Decide(state, command.Command, new CommandContext(command.Stream, by, at)) switch
        {
            Decision.Accepted accepted => new Judgement(CommandStatus.Applied, null, accepted.Events),
            Decision.Refused refused => Refused(refused.Code),
            _ => new Judgement(CommandStatus.Unchanged, null, []),
        };
    }

    public static Judgement Refused(string code) => new(CommandStatus.Refused, code, []);
}
