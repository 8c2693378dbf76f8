using System.Text;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// A record that names its stream and its command. If the rest cannot be read, <see cref="Command"/> is null, and <see
/// cref="Malformed"/> says why.
/// </summary>
/// <param name="Data">The command's JSON in UTF-8, or null if it could not be read.</param>
/// <param name="IssuedAt">The time at which the producer created it, by the producer's clock. A process manager's
/// command has the time of the event that it answers.</param>
/// <param name="ArrivedAt">The time at which Kinesis accepted it, by the clock of Kinesis.</param>
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
    /// <summary>True if newer code may know the command. Then the command is parked.</summary>
    public bool IsNewer { get; init; }

    /// <summary>The bytes of its data as a JSON text.</summary>
    public int DataBytes => Data is { } data ? PlainJson.BytesOf(data.Span) : 0;

    /// <summary>True if the record comes from the stream's tip and not from a batch.</summary>
    public bool IsParked => ParkedAs is not null;

    /// <summary>The bytes of the record.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The parked record, or null if a batch delivered it.</summary>
    public ParkedRecord? ParkedAs { get; init; }

    /// <summary>Returns this command as a parked record.</summary>
    public ParkedRecord ToParked() => ParkedAs ?? new ParkedRecord(CommandId, SequenceNumber, ArrivedAt, Raw);

    /// <summary>
    /// The outcome that an earlier release recorded for this record under another id, or null if there is none.
    /// </summary>
    public CommandOutcome? FormerOutcome { get; init; }

    /// <summary>Creates the outcome of this command at a version of its stream.</summary>
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

    /// <summary>
    /// Returns true if the command may have been decided before and evicted from the tip's ring. Then the log must be
    /// read.
    /// </summary>
    public bool MayBeForgotten(OutcomeRing ring) => ring.MayHaveForgotten(KeyId, IssuedAt);

    /// <summary>
    /// Returns the time of a decision made now. It is never before the record's arrival, the stream's last decision, or
    /// the event that the command answers. So no reader saw the old stream after that time, except for the duration of
    /// a batch and clock differences.
    /// </summary>
    public DateTimeOffset DecidedAt(DateTimeOffset now, DateTimeOffset last)
    {
        var at = now > ArrivedAt ? now : ArrivedAt;
        if (CausationId is not null && IssuedAt > at) at = IssuedAt;
        return last > at ? last : at;
    }
}
