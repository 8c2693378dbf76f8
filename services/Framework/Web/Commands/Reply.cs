using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Web.Commands;

/// <summary>The result of sending a command.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>The command is decided: applied, unchanged or refused.</summary>
    /// <param name="Replayed">True if it was decided before this request.</param>
    public sealed record Decided(
        CommandOutcome Outcome,
        bool Replayed) : Reply;

    /// <summary>Kinesis has the command, and its outcome is not known yet.</summary>
    public sealed record Pending(CommandRecord Command) : Reply;

    /// <summary>The command was not sent, because it has an error that cannot change.</summary>
    public sealed record NotSent(Problem Problem) : Reply;

    /// <summary>Kinesis did not acknowledge the command. It may be decided later or never.</summary>
    public sealed record InDoubt(CommandRecord Command) : Reply;
}
