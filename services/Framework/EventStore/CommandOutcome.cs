using System.Text.Json.Serialization;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>The result of a command. Tips store the numbers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommandStatus>))]
public enum CommandStatus
{
    /// <summary>The command produced events.</summary>
    [JsonStringEnumMemberName("applied")]
    Applied = 0,

    /// <summary>The stream was already in the requested state.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged = 1,

    /// <summary>A rule, the version or an invalid form refused the command. A code says which.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused = 2,
}

/// <summary>The one outcome of a command, and a row of the audit trail. It is the same on every retry.</summary>
/// <param name="Version">The stream's version after the command.</param>
/// <param name="Events">The wire names of the command's events, in order.</param>
/// <param name="Code">The refusal's stable code in snake_case. Null unless refused.</param>
/// <param name="Reason">The refusal's text for people. Null unless refused.</param>
/// <param name="CommandData">The command's JSON. It is kept only for refused commands, because the events tell the
/// rest.</param>
/// <param name="At">The time of the decision and of its events, in milliseconds UTC. It is never before the record's
/// arrival or the stream's last event.</param>
/// <param name="IssuedAt">The time at which the command was created, by its producer's clock. Idempotency compares this
/// time, because it is the same on every retry.</param>
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
