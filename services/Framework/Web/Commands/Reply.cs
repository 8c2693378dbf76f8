using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Web.Commands;

/// <summary>How sending a command went.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>It is decided: applied, unchanged or refused.</summary>
    /// <param name="Replayed">Whether it was decided before this request came.</param>
    public sealed record Decided(
        CommandOutcome Outcome,
        bool Replayed) : Reply;

    /// <summary>Kinesis has it; its outcome is not known yet.</summary>
    public sealed record Pending(CommandRecord Command) : Reply;

    /// <summary>It was not sent, since what is wrong with it cannot change.</summary>
    public sealed record NotSent(Problem Problem) : Reply;

    /// <summary>Kinesis did not acknowledge it: it may or may not be decided one day.</summary>
    public sealed record InDoubt(CommandRecord Command) : Reply;
}
