using System.Text;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// A record that says which stream it is for and which command it is. <see cref="Command"/> is null where the rest
/// could not be read; then <see cref="Malformed"/> says why.
/// </summary>
/// <param name="Data">The command's JSON in UTF-8; null where it could not be read.</param>
/// <param name="IssuedAt">When its producer made it, by the producer's clock; a process's commands carry the time of
/// the event they answer.</param>
/// <param name="ArrivedAt">When Kinesis took it, by its clock.</param>
internal sealed record ArrivedCommand(
    string SequenceNumber,
    Guid CommandId,
    Guid? KeyId,
    StreamId Stream,
    string Type,
    ICommand? Command,
    string? Malformed,
    ReadOnlyMemory<byte>? Data,
    Actor Actor,
    DateTimeOffset IssuedAt,
    DateTimeOffset ArrivedAt,
    long? IfMatch,
    string? CorrelationId,
    Guid? CausationId)
{
    /// <summary>Whether newer code may know the command: then its stream waits.</summary>
    public bool IsNewer { get; init; }

    /// <summary>The bytes that its data takes as a text in JSON.</summary>
    public int DataBytes => Data is { } data ? PlainJson.BytesOf(data.Span) : 0;

    /// <summary>Whether the stream's tip held it, and no batch.</summary>
    public bool IsParked => ParkedAs is not null;

    /// <summary>The record's bytes.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>How the tip held it; null where a batch brought it.</summary>
    public ParkedRecord? ParkedAs { get; init; }

    /// <summary>This command as the tip parks it.</summary>
    public ParkedRecord ToParked() => ParkedAs ?? new ParkedRecord(CommandId, SequenceNumber, ArrivedAt, Raw);

    /// <summary>
    /// The outcome by which a former release recorded this record, under another id; null where there is none.
    /// </summary>
    public CommandOutcome? FormerOutcome { get; init; }

    /// <summary>The outcome of this command at a version of its stream.</summary>
    public CommandOutcome Outcome(CommandStatus status, long version, DateTimeOffset at, IReadOnlyList<string> events, string? code = null, string? reason = null) => new(
        Stream,
        CommandId,
        KeyId,
        Type,
        status,
        version,
        events,
        code,
        reason,
        status == CommandStatus.Refused && Data is { } data ? Encoding.UTF8.GetString(data.Span) : null,
        Actor,
        at,
        IssuedAt,
        CorrelationId,
        CausationId);

    /// <summary>Whether this command may have been decided before without the tip's ring still knowing it: then the log is asked.</summary>
    public bool MayBeForgotten(OutcomeRing ring) => ring.MayHaveForgotten(KeyId, IssuedAt);

    /// <summary>
    /// The time of a decision made now: never before the record arrived, nor before the stream's last decision, nor
    /// before the event that the command answers. So no reader can have seen a stream as it was before that
    /// time, but for the time that a batch takes and what clocks differ by.
    /// </summary>
    public DateTimeOffset DecidedAt(DateTimeOffset now, DateTimeOffset last)
    {
        var at = now > ArrivedAt ? now : ArrivedAt;
        if (CausationId is not null && IssuedAt > at) at = IssuedAt;
        return last > at ? last : at;
    }
}
