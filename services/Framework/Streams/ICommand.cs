namespace ServerlessCqrs.Streams;

/// <summary>A request to change one stream. It has a <see cref="WireNameAttribute"/> and is immutable.</summary>
public interface ICommand
{
    /// <summary>
    /// Checks limits and formats, independently of the stream's state. Returns no violation for a valid command. The
    /// HTTP service answers 400 with all violations, and the decider refuses with the first.
    /// </summary>
    IEnumerable<Violation> Check();
}

/// <summary>
/// A command that only a process manager may send (<see cref="Actor.Process"/>). From anybody else it is refused as
/// <see cref="CommonRefusals.NotTheProcess"/>.
/// </summary>
public interface IProcessCommand : ICommand;

/// <summary>A broken limit: the JSON field, a stable code, and a sentence that says what is allowed.</summary>
public sealed record Violation(
    string Field,
    string Code,
    string Message)
{
    public static IEnumerable<Violation> Unless(bool kept, string field, string code, string message) => kept ? [] : [new Violation(field, code, message)];
}
