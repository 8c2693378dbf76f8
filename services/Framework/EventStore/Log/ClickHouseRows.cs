using System.Text.Json;
using ClickHouse.Driver.ADO.Readers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Converts events and outcomes to rows and back. An empty text in a nullable property's column is read as null.
/// </summary>
internal static class ClickHouseRows
{
    /// <summary>The columns of <c>commits</c> with their types, in the order of a row's values.</summary>
    public static readonly IReadOnlyDictionary<string, string> CommitColumns = new Dictionary<string, string>
    {
        ["is_event"] = "Bool",
        ["stream_id"] = "String",
        ["version"] = "Int64",
        ["event_id"] = "UUID",
        ["type"] = "String",
        ["type_version"] = "Int32",
        ["data"] = "String",
        ["command_id"] = "UUID",
        ["actor"] = "String",
        ["role"] = "String",
        ["at"] = "DateTime64(3, 'UTC')",
        ["key_id"] = "Nullable(UUID)",
        ["status"] = "String",
        ["events"] = "Array(String)",
        ["code"] = "String",
        ["reason"] = "String",
        ["issued_at"] = "DateTime64(3, 'UTC')",
        ["correlation_id"] = "String",
        ["causation_id"] = "Nullable(UUID)",
    };

    public const string EventColumns = "stream_id, version, event_id, type, type_version, data, command_id, actor, role, at";

    public const string OutcomeColumns = "stream_id, command_id, key_id, type, status, version, events, code, reason, data, actor, role, at, issued_at, correlation_id, causation_id";

    private static readonly object Yes = true, No = false, NoVersion = 0, NoId = Guid.Empty, NoTime = DateTimeOffset.UnixEpoch;
    private static readonly string[] NoEvents = [];

    public static object?[] Row(EventRecord e) =>
    [
        Yes, e.Stream.ToString(), e.Version, e.EventId, e.Type, e.TypeVersion, e.Data, e.CommandId, e.Actor.Id, e.Actor.Role, e.At,
        null, "", NoEvents, "", "", NoTime, "", null,
    ];

    public static object?[] Row(CommandOutcome o) =>
    [
        No, o.Stream.ToString(), o.Version, NoId, o.CommandType, NoVersion, o.CommandData ?? "", o.CommandId, o.Actor.Id, o.Actor.Role, o.At,
        o.KeyId, NameOf(o.Status), o.Events as string[] ?? [.. o.Events], o.Code ?? "", o.Reason ?? "", o.IssuedAt, o.CorrelationId ?? "", o.CausationId,
    ];

    public static EventRecord Event(WireContracts contracts, ClickHouseDataReader row) => new(
        contracts,
        StreamId.Parse(row.GetString(0)),
        row.GetInt64(1),
        row.GetGuid(2),
        row.GetString(3),
        row.GetInt32(4),
        row.GetString(5),
        row.GetGuid(6),
        new Actor(row.GetString(7), row.GetString(8)),
        Time(row, 9));

    public static CommandOutcome Outcome(ClickHouseDataReader row) => new(
        StreamId.Parse(row.GetString(0)),
        row.GetGuid(1),
        row.IsDBNull(2) ? null : row.GetGuid(2),
        row.GetString(3),
        StatusOf(row.GetString(4)),
        row.GetInt64(5),
        row.GetFieldValue<string[]>(6),
        Text(row, 7),
        Text(row, 8),
        Text(row, 9),
        new Actor(row.GetString(10), row.GetString(11)),
        Time(row, 12),
        Time(row, 13),
        Text(row, 14),
        row.IsDBNull(15) ? null : row.GetGuid(15));

    public static DateTimeOffset Time(ClickHouseDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);

    private static string? Text(ClickHouseDataReader row, int column) => row.GetString(column) is { Length: > 0 } text ? text : null;

    public static string NameOf(CommandStatus status) => status switch
    {
        CommandStatus.Applied => "applied",
        CommandStatus.Unchanged => "unchanged",
        CommandStatus.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    private static CommandStatus StatusOf(string name) => name switch
    {
        "applied" => CommandStatus.Applied,
        "unchanged" => CommandStatus.Unchanged,
        "refused" => CommandStatus.Refused,
        _ => throw new JsonException($"The log holds an outcome '{name}', which this code does not know."),
    };
}
