namespace ServerlessCqrs.Streams;

/// <summary>
/// What a decision may know besides state and command: the stream, who asks, and the time of the decision, which
/// becomes the events' (never before the stream's last).
/// </summary>
public sealed record CommandContext(
    StreamId Stream,
    Actor By,
    DateTimeOffset At);
