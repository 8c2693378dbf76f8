
namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Searches everything in the log that could contain a text: events, commands and their reasons, operators' notes, and
/// the documents of snapshots.
/// </summary>
public sealed class ClickHouseTextSearch(ClickHouseDatabase database) : ITextSearch
{
    private static readonly (string Table, string[] Columns)[] Places = [("events", ["data"]), ("commands", ["data", "reason"]), ("operations", ["subject", "why"]), ("snapshots", ["document"])];

    public async Task<IReadOnlyList<TextFinding>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        List<TextFinding> findings = [];
        foreach (var (table, columns) in Places)
        {
            var parameters = new Parameters();
            var needles = parameters.AddList("text", "String", StoredForms.Of(texts));
            var found = string.Join(" OR ", columns.Select(column => $"arrayExists(text -> position({column}, text) > 0, {needles})"));
            findings.AddRange(await database.ReadAsync(
                $"search the {table}",
                $"SELECT toInt64(count()), toInt64(countIf({found})) FROM {table}",
                parameters,
                row => new TextFinding(table, row.GetInt64(0), row.GetInt64(1)),
                ct));
        }

        return findings;
    }
}
