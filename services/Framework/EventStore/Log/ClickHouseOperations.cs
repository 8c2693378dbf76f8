namespace ServerlessCqrs.EventStore.Log;

/// <summary>The operations journal in the log's ClickHouse database.</summary>
public sealed class ClickHouseOperations(ClickHouseDatabase database) : IOperationsJournal
{
    private static readonly Dictionary<string, string> Columns = new()
    {
        ["at"] = "DateTime64(3, 'UTC')",
        ["who"] = "String",
        ["what"] = "String",
        ["subject"] = "String",
        ["why"] = "String",
    };

    public Task WriteAsync(IReadOnlyList<Operation> operations, CancellationToken ct) => operations.Count == 0
        ? Task.CompletedTask
        : database.InsertAsync($"record {operations.Count} operations", "operations", Columns, [.. operations.Select(one => new object?[] { one.At, one.Who, one.What, one.Subject, one.Why ?? "" })], ct);

    public IAsyncEnumerable<Operation> ReadAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct) => database.StreamAsync(
        "read the operations",
        """
        SELECT DISTINCT at, who, what, subject, why FROM operations
        WHERE at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND at <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        ORDER BY at, who, what, subject
        """,
        new Parameters()
            .Add("from", "Int64", (from ?? DateTimeOffset.UnixEpoch).ToUnixTimeMilliseconds())
            .Add("to", "Int64", (to ?? new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUnixTimeMilliseconds()),
        row => new Operation(ClickHouseRows.Time(row, 0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4) is { Length: > 0 } why ? why : null),
        ct);
}
