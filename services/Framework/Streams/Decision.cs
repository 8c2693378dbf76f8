namespace ServerlessCqrs.Streams;

/// <summary>The outcome of <c>Decide</c>: events, nothing to do, or a refusal with a code. Business refusals are data, never exceptions.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The stream is already as the command wants it: no event, no error.</summary>
    public static Decision Unchanged { get; } = new Nothing();

    /// <summary>These events happened, in this order.</summary>
    public static Decision Accept(params IReadOnlyList<IEvent> events) => events.Count == 0 ? Unchanged : new Accepted(events);

    /// <summary>The command is refused: the declared refusal, and a sentence for a person.</summary>
    public static Decision Refuse(Refusal refusal, string reason) => new Refused(refusal.Kind, refusal.Code, reason);

    /// <summary>The command breaks a limit of its own.</summary>
    public static Decision Refuse(Violation violation) => new Refused(RefusalKind.Rule, violation.Code, violation.Message);

    /// <inheritdoc cref="Accept"/>
    public sealed record Accepted(IReadOnlyList<IEvent> Events) : Decision;

    /// <inheritdoc cref="Unchanged"/>
    public sealed record Nothing : Decision;

    /// <inheritdoc cref="Refuse(Refusal, string)"/>
    public sealed record Refused(
        RefusalKind Kind,
        string Code,
        string Reason) : Decision;
}
