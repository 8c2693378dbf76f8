namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Reads the audit trail from ClickHouse. A query for a stream reads that stream's rows. Any other query uses a narrow
/// table sorted by time, with an index of actors and commands. So the rows read grow with the result and not with the
/// trail.
/// </summary>
public sealed class ClickHouseAuditTrail(ClickHouseDatabase database) : IAuditTrail
{
    // As text, because ClickHouse compares UUIDs by their second half first.
    private const string Place = "at, stream_id, version, status, toString(command_id)";

    public async Task<IReadOnlyList<CommandOutcome>> ReadAsync(TrailQuery query, TrailPlace? after, bool newestFirst, int limit, CancellationToken ct)
    {
        var parameters = new Parameters().Add("limit", "Int32", limit);
        var where = Where(query, after, newestFirst, parameters);
        var order = newestFirst ? "at DESC, stream_id DESC, version DESC, status DESC, toString(command_id) DESC" : Place;

        // The inner query selects keys from narrow columns. The outer query reads the whole rows.
        var table = query.Stream is null ? "commands_by_time" : "commands";
        var rows = $"(stream_id, command_id) IN (SELECT stream_id, command_id FROM {table} WHERE {where} ORDER BY {order} LIMIT 1 BY stream_id, command_id LIMIT {{limit:Int32}})";
        return await database.ReadAsync(
            "read the audit trail",
            $"SELECT {ClickHouseRows.OutcomeColumns} FROM commands WHERE {rows} ORDER BY {order} LIMIT 1 BY stream_id, command_id LIMIT {{limit:Int32}}",
            parameters,
            ClickHouseRows.Outcome,
            ct);
    }

    private static string Where(TrailQuery query, TrailPlace? after, bool newestFirst, Parameters parameters)
    {
        List<string> all = [];
        if (query.Stream is { } stream) Add("stream_id = {stream:String}", "stream", "String", stream.ToString());
        if (query.Actor is { } actor) Add("actor = {actor:String}", "actor", "String", actor);
        if (query.Command is { } command) Add("command_id = {command:UUID}", "command", "UUID", command);
        if (query.From is { } from) Add("at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')", "from", "Int64", from.ToUnixTimeMilliseconds());
        if (query.To is { } to) Add("at <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')", "to", "Int64", to.ToUnixTimeMilliseconds());
        if (after is { } place)
        {
            var (before, beyond) = newestFirst ? ("<=", "<") : (">=", ">");
            // The condition on the time alone lets the index skip all rows before it.
            Add($"at {before} fromUnixTimestamp64Milli({{afterAt:Int64}}, 'UTC')", "afterAt", "Int64", place.At.ToUnixTimeMilliseconds());
            Add($"({Place}) {beyond} (fromUnixTimestamp64Milli({{afterAt:Int64}}, 'UTC'), {{afterStream:String}}, {{afterVersion:Int64}}, {{afterStatus:String}}, {{afterCommand:String}})", "afterStream", "String", place.Stream.ToString());
            parameters.Add("afterVersion", "Int64", place.Version).Add("afterStatus", "String", ClickHouseRows.NameOf(place.Status)).Add("afterCommand", "String", place.CommandId.ToString("D"));
        }

        return all.Count == 0 ? "true" : string.Join(" AND ", all);

        void Add(string condition, string name, string type, object value)
        {
            all.Add(condition);
            parameters.Add(name, type, value);
        }
    }
}
