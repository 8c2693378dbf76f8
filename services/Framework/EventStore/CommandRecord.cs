using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>One command as it travels on Kinesis, under the partition key <see cref="Stream"/>.</summary>
/// <param name="CommandId">UUIDv5 of the key id and the request's hash; a UUIDv7 where the client sent no idempotency key.</param>
/// <param name="KeyId">UUIDv5 of issuer, caller, stream and idempotency key; null without a key.</param>
/// <param name="At">When the command service took it, by its clock; whole milliseconds, UTC. The events get the time of
/// the decision instead.</param>
/// <param name="IfMatch">The version the client saw; another one is refused as <c>version_mismatch</c>.</param>
/// <param name="CorrelationId">What ties it to its request, for people who follow a trail.</param>
/// <param name="CausationId">The event that made a process send it; null where a person did.</param>
public sealed record CommandRecord(
    Guid CommandId,
    Guid? KeyId,
    StreamId Stream,
    ICommand Command,
    Actor Actor,
    DateTimeOffset At,
    long? IfMatch = null,
    string? CorrelationId = null,
    Guid? CausationId = null)
{
    /// <summary>A process manager's command: the same on every delivery of the event that it answers, id and time, so that the write path knows a repeat whatever its stream has seen since.</summary>
    /// <param name="at">The event's time, or one that the event names.</param>
    public static CommandRecord Answer(ProcessManager process, EventRecord cause, StreamId target, ICommand command, DateTimeOffset at) => new(
        CommandIds.OfAnswer(cause.EventId, target, process.Commands.NameOf(command).Name),
        KeyId: null,
        target,
        command,
        process.Itself,
        at,
        // The stream that keeps the process's state is the trail: what it asked of others, and what they answered.
        CorrelationId: (cause.Stream.Category == process.Category ? cause.Stream : target).ToString(),
        CausationId: cause.EventId);
}
