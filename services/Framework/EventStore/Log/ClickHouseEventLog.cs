using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Writes the log to ClickHouse. Each <see cref="AppendAsync"/> is one HTTP request and one insert. An insert holds up
/// to 1,048,449 rows (<c>max_insert_block_size</c>). The server splits larger inserts into several blocks.
/// </summary>
public sealed class ClickHouseEventLog(ClickHouseDatabase database) : IEventLog
{
    public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct)
    {
        if (events.Count + outcomes.Count == 0) return Task.CompletedTask;
        var rows = new List<object?[]>(events.Count + outcomes.Count);
        foreach (var e in events) rows.Add(ClickHouseRows.Row(e));
        foreach (var outcome in outcomes) rows.Add(ClickHouseRows.Row(outcome));
        return database.InsertAsync($"append {events.Count} events and {outcomes.Count} outcomes", "commits", ClickHouseRows.CommitColumns, rows, ct);
    }

    /// <inheritdoc/>
    /// <remarks>If a command has contradicting outcomes, the result contains all of them.</remarks>
    public async Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
    {
        if (wanted.Count == 0) return [];
        var commands = wanted.Select(query => (query.Stream, query.CommandId)).ToHashSet();
        var keys = wanted.Where(query => query.KeyId is not null).Select(query => (query.Stream, Key: query.KeyId!.Value)).ToHashSet();

        var parameters = new Parameters();
        var sql = Select(parameters, "command", "command_id", commands);
        // Uses two selects, because neither index can serve an OR of both conditions.
        if (keys.Count > 0) sql += " UNION DISTINCT " + Select(parameters, "key", "key_id", keys);
        var found = await database.ReadAsync($"find {wanted.Count} outcomes", $"SELECT * FROM ({sql}) ORDER BY stream_id, at, issued_at, command_id", parameters, ClickHouseRows.Outcome, ct);

        // The lists are matched independently, so a row may combine one query's stream with another query's id.
        return found.FindAll(outcome => commands.Contains((outcome.Stream, outcome.CommandId)) || outcome.KeyId is { } key && keys.Contains((outcome.Stream, key)));

        static string Select(Parameters parameters, string name, string column, IReadOnlyCollection<(StreamId Stream, Guid Id)> pairs) =>
            $"SELECT DISTINCT {ClickHouseRows.OutcomeColumns} FROM commands WHERE stream_id IN {Streams(parameters, name, pairs)} AND {column} IN {parameters.AddList(name, "UUID", pairs.Select(pair => pair.Id))}";
    }

    public async Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct)
    {
        if (commands.Count == 0) return [];
        var pairs = commands.ToHashSet();
        var parameters = new Parameters();
        var sql = $"""
            SELECT {ClickHouseRows.EventColumns} FROM events
            WHERE stream_id IN {Streams(parameters, "command", pairs)} AND command_id IN {parameters.AddList("command", "UUID", pairs.Select(pair => pair.CommandId))}
            ORDER BY stream_id, version LIMIT 1 BY stream_id, version
            """;
        var found = await database.ReadAsync($"find the events of {commands.Count} commands", sql, parameters, row => ClickHouseRows.Event(database.Domain.Events, row), ct);
        return found.FindAll(e => pairs.Contains((e.Stream, e.CommandId)));
    }

    private static string Streams(Parameters parameters, string name, IEnumerable<(StreamId Stream, Guid Id)> pairs) =>
        parameters.AddList($"{name}_stream", "String", pairs.Select(pair => pair.Stream.ToString()).Distinct());
}
