using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>One command as Kinesis carries it, with <see cref="Stream"/> as partition key.</summary>
/// <param name="CommandId">A UUIDv5 of key id and request hash, or a UUIDv7 when the client sent no idempotency
/// key.</param>
/// <param name="KeyId">A UUIDv5 of issuer, caller, stream and idempotency key, or null without a key.</param>
/// <param name="At">The time at which the command service accepted the command, by its clock, in whole milliseconds
/// UTC. The events get the time of the decision instead.</param>
/// <param name="IfMatch">The version that the client saw. Any other version refuses the command as
/// <c>version_mismatch</c>.</param>
/// <param name="CorrelationId">Links the command to its request, for people who follow a trail.</param>
/// <param name="CausationId">The event that a process manager answers with this command, or null for a person's
/// command.</param>
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
    /// <summary>
    /// Creates a process manager's command. Its id and time are the same on every delivery of the event. So the write
    /// path recognizes a repeat, whatever happened to the stream since.
    /// </summary>
    /// <param name="at">The event's time, or a time that the event contains.</param>
    public static CommandRecord Answer(ProcessManager process, EventRecord cause, StreamId target, ICommand command, DateTimeOffset at) => new(
        CommandIds.OfAnswer(cause.EventId, target, process.Commands.NameOf(command).Name),
        KeyId: null,
        target,
        command,
        process.Itself,
        at,
        // The stream with the process's state is the trail: it holds the requests to other streams and their answers.
        CorrelationId: (cause.Stream.Category == process.Category ? cause.Stream : target).ToString(),
        CausationId: cause.EventId);
}
