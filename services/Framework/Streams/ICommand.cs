namespace ServerlessCqrs.Streams;

/// <summary>A wish to change one stream. It carries a <see cref="WireNameAttribute"/> and is immutable.</summary>
public interface ICommand
{
    /// <summary>What is wrong with the command whatever the stream's state: limits and formats. Empty when nothing is. The HTTP service answers 400 with these; the decider refuses with the first.</summary>
    IEnumerable<Violation> Check();
}

/// <summary>A command that only a process manager sends (<see cref="Actor.Process"/>). From anybody else it is refused as <see cref="CommonRefusals.NotTheProcess"/>.</summary>
public interface IProcessCommand : ICommand;

/// <summary>One broken limit: the JSON field it is about, a stable code, and a sentence that says what is allowed.</summary>
public sealed record Violation(
    string Field,
    string Code,
    string Message)
{
    public static IEnumerable<Violation> Unless(bool kept, string field, string code, string message) => kept ? [] : [new Violation(field, code, message)];
}
