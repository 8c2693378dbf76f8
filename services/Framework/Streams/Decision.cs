namespace ServerlessCqrs.Streams;

/// <summary>
/// The result of <c>Decide</c>: events, nothing, or a refusal with a code. Business refusals are data and never
/// exceptions.
/// </summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The stream is already in the requested state: no event and no error.</summary>
    public static Decision Unchanged { get; } = new Nothing();

    /// <summary>The command is accepted and produces these events in order.</summary>
    public static Decision Accept(params IReadOnlyList<IEvent> events) => events.Count == 0 ? Unchanged : new Accepted(events);

    /// <summary>The command is refused with a declared refusal and a sentence for people.</summary>
    public static Decision Refuse(Refusal refusal, string reason) => new Refused(refusal.Kind, refusal.Code, reason);

    /// <summary>The command breaks one of its limits.</summary>
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
