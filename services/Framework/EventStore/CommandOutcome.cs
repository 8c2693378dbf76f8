using System.Text.Json.Serialization;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>How a command ended. Tips store the numbers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommandStatus>))]
public enum CommandStatus
{
    /// <summary>It made events.</summary>
    [JsonStringEnumMemberName("applied")]
    Applied = 0,

    /// <summary>The stream was as it wished already.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged = 1,

    /// <summary>A rule, the version or its own form forbade it; a code says which.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused = 2,
}

/// <summary>The one outcome of one command: a row of the audit trail, the same on every retry.</summary>
/// <param name="Version">The stream's version after it.</param>
/// <param name="Events">The wire names of the events it made, in order.</param>
/// <param name="Code">Why it was refused: stable, snake_case. Null unless refused.</param>
/// <param name="Reason">The same for a person.</param>
/// <param name="CommandData">What was asked for, as JSON; kept for the refused only, since the events tell the rest.</param>
/// <param name="At">The time of the decision, which is that of its events: never before the record arrived, nor before
/// the stream's last. Milliseconds, UTC.</param>
/// <param name="IssuedAt">When the command was made, by its producer's clock. Idempotency compares this time: it is the
/// same on every retry.</param>
public sealed record CommandOutcome(
    StreamId Stream,
    Guid CommandId,
    Guid? KeyId,
    string CommandType,
    CommandStatus Status,
    long Version,
    IReadOnlyList<string> Events,
    string? Code,
    string? Reason,
    string? CommandData,
    Actor Actor,
    DateTimeOffset At,
    DateTimeOffset IssuedAt,
    string? CorrelationId,
    Guid? CausationId)
{
    /// <summary>What a tip's ring remembers of a command: without events and reason, and with the time of issue for that of the decision.</summary>
    public static CommandOutcome Brief(RingEntry entry, CommandRecord record, string commandType) => new(
        record.Stream,
        entry.CommandId,
        entry.KeyId,
        commandType,
        entry.Status,
        entry.Version,
        Events: [],
        entry.Code,
        Reason: null,
        CommandData: null,
        record.Actor,
        At: entry.IssuedAt,
        entry.IssuedAt,
        CorrelationId: null,
        CausationId: null);
}
