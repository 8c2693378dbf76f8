namespace ServerlessCqrs.Streams;

/// <summary>
/// What a decision may use besides state and command: the stream, the actor and the time of the decision. The events
/// get this time, which is never before the stream's last event.
/// </summary>
public sealed record CommandContext(
    StreamId Stream,
    Actor By,
    DateTimeOffset At);
