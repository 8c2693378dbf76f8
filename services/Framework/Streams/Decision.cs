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

    /// <summary>A rule forbids it: a stable snake_case <paramref name="code"/>, and a sentence for a person.</summary>
    public static Decision Refuse(string code, string reason) => new Refused(code, reason);

    /// <inheritdoc cref="Accept"/>
    public sealed record Accepted(IReadOnlyList<IEvent> Events) : Decision;

    /// <inheritdoc cref="Unchanged"/>
    public sealed record Nothing : Decision;

    /// <inheritdoc cref="Refuse"/>
    public sealed record Refused(
        string Code,
        string Reason) : Decision;
}
