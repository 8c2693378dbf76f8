using System.Runtime.CompilerServices;
using ClickHouse.Driver.ADO.Readers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Reads the log from ClickHouse. A row that was appended twice is returned once, even before the server has merged the
/// copies. In a damaged log, two rows of one version can differ. <see cref="ReadAllAsync"/> and <see
/// cref="ReadOutcomesAsync"/> then return both, so that verification finds them. The other reads return one of them.
/// </summary>
public sealed class ClickHouseEventHistory(ClickHouseDatabase database) : IEventHistory, IStreamIndex, IStreamLookup
{
    private const string OneByVersion = "ORDER BY stream_id, version LIMIT 1 BY stream_id, version";

    public async Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        var result = new Dictionary<StreamId, IReadOnlyList<EventRecord>>(streams.Count);
        if (streams.Count == 0) return result;

        var parameters = new Parameters().Add("from", "Int64", bounds.FromVersion);
        var where = $"stream_id IN {parameters.AddList("stream", "String", streams.Distinct().Select(stream => stream.ToString()))} AND version >= {{from:Int64}}";
        if (bounds.ToVersion is { } to)
        {
            parameters.Add("to", "Int64", to);
            where += " AND version <= {to:Int64}";
        }

        if (bounds.AsOf is { } asOf)
        {
            parameters.Add("asOf", "Int64", asOf.ToUnixTimeMilliseconds());
            where += " AND toUnixTimestamp64Milli(at) <= {asOf:Int64}";
        }

        var what = streams.Count == 1 ? $"read the stream {streams.First()}" : $"read {streams.Count} streams";
        var events = await database.ReadAsync(what, $"SELECT {ClickHouseRows.EventColumns} FROM events WHERE {where} {OneByVersion}", parameters, Event, ct);
        foreach (var group in events.GroupBy(e => e.Stream)) result.Add(group.Key, group.ToList());
        return result;
    }

    public async Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct) => await database.ReadAsync(
        $"read the streams {prefix}…",
        $"SELECT {ClickHouseRows.EventColumns} FROM events WHERE startsWith(stream_id, {{prefix:String}}) AND toUnixTimestamp64Milli(at) <= {{asOf:Int64}} {OneByVersion}",
        new Parameters().Add("prefix", "String", prefix).Add("asOf", "Int64", asOf.ToUnixTimeMilliseconds()),
        Event,
        ct);

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct) => Distinct(
        database.StreamAsync(
            category is null ? "read all events" : $"read all events of category '{category}'",
            $"SELECT {ClickHouseRows.EventColumns} FROM events WHERE startsWith(stream_id, {{prefix:String}}) ORDER BY stream_id, version",
            new Parameters().Add("prefix", "String", category is null ? "" : category + "-"),
            Event,
            ct),
        e => (e.Stream, e.Version),
        (one, other) => one == other,
        ct);

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct) => Distinct(
        database.StreamAsync(
            "read all outcomes",
            $"SELECT {ClickHouseRows.OutcomeColumns} FROM commands ORDER BY stream_id, command_id",
            new Parameters(),
            ClickHouseRows.Outcome,
            ct),
        outcome => (outcome.Stream, outcome.CommandId),
        OutcomeEquality.Same,
        ct);

    /// <inheritdoc/>
    /// <remarks>
    /// The log keeps arrivals for 7 days. The result exceeds <paramref name="limit"/> only when the last arrivals share
    /// a millisecond. So a reader that continues after the last <see cref="Arrival.ArrivedAt"/> misses none. The rows
    /// of an insert can become visible a moment after their time, so a reader should read the last seconds again. A
    /// repeated append may appear again.
    /// </remarks>
    public async Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct) => await database.ReadAsync(
        "read the newest arrivals",
        """
        SELECT stream_id, version, min(arrived_at) AS arrived, dateDiff('millisecond', arrived, now64(3, 'UTC')) FROM arrivals
        WHERE arrived_at > fromUnixTimestamp64Milli({after:Int64}, 'UTC')
        GROUP BY stream_id, version ORDER BY arrived LIMIT {limit:Int32} WITH TIES
        """,
        new Parameters().Add("after", "Int64", after.ToUnixTimeMilliseconds()).Add("limit", "Int32", limit),
        row => new Arrival(StreamId.Parse(row.GetString(0)), row.GetInt64(1), ClickHouseRows.Time(row, 2), TimeSpan.FromMilliseconds(row.GetInt64(3))),
        ct);

    public async Task<IReadOnlyList<(StreamId Stream, long Version)>> ListAsync(StreamRange range, int limit, CancellationToken ct) => await database.ReadAsync(
        $"list the streams of category '{range.Category}'",
        $"SELECT stream_id, max(version) {In(range)} ORDER BY stream_id LIMIT {{limit:Int32}} SETTINGS optimize_aggregation_in_order = 1",
        ParametersOf(range).Add("limit", "Int32", limit),
        row => (StreamId.Parse(row.GetString(0)), row.GetInt64(1)),
        ct);

    public async Task<(long Streams, long Events)> CountAsync(StreamRange range, CancellationToken ct) => (await database.ReadAsync(
        $"count the streams of category '{range.Category}'",
        $"SELECT toInt64(count()), toInt64(sum(newest)) FROM (SELECT max(version) AS newest {In(range)}) SETTINGS optimize_aggregation_in_order = 1",
        ParametersOf(range),
        row => (row.GetInt64(0), row.GetInt64(1)),
        ct))[0];

    public async Task<IReadOnlyList<StreamId>> FindAsync(string category, string field, IReadOnlyCollection<string> values, DateTimeOffset asOf, CancellationToken ct)
    {
        if (values.Count == 0) return [];
        var parameters = new Parameters().Add("prefix", "String", category + "-").Add("field", "String", field).Add("asOf", "Int64", asOf.ToUnixTimeMilliseconds());
        var where = $"field = {{field:String}} AND value IN {parameters.AddList("value", "String", values)} AND startsWith(stream_id, {{prefix:String}})";
        return await database.ReadAsync(
            $"find streams of category '{category}' by their events' {field}",
            $"SELECT stream_id FROM streams_by_field WHERE {where} GROUP BY stream_id HAVING toUnixTimestamp64Milli(min(since)) <= {{asOf:Int64}} ORDER BY stream_id",
            parameters,
            row => StreamId.Parse(row.GetString(0)),
            ct);
    }

    private EventRecord Event(ClickHouseDataReader row) => ClickHouseRows.Event(database.Domain.Events, row);

    private static string In(StreamRange range) =>
        $"FROM events WHERE startsWith(stream_id, {{prefix:String}}) AND stream_id > {{after:String}} GROUP BY stream_id{(range.ChangedSince is null ? "" : " HAVING max(at) >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')")}";

    private static Parameters ParametersOf(StreamRange range)
    {
        var parameters = new Parameters().Add("prefix", "String", range.Category + "-").Add("after", "String", range.After?.ToString() ?? "");
        return range.ChangedSince is { } since ? parameters.Add("since", "Int64", since.ToUnixTimeMilliseconds()) : parameters;
    }

    // Rows are sorted by key, so rows to compare are adjacent, and memory is bounded by one key.
    private static async IAsyncEnumerable<T> Distinct<T, TKey>(IAsyncEnumerable<T> rows, Func<T, TKey> keyOf, Func<T, T, bool> same, [EnumeratorCancellation] CancellationToken ct)
        where TKey : struct, IEquatable<TKey>
    {
        TKey? current = null;
        List<T> seen = [];
        await foreach (var row in rows.WithCancellation(ct))
        {
            var key = keyOf(row);
            if (current is not { } last || !last.Equals(key))
            {
                current = key;
                seen.Clear();
            }
            else if (seen.Exists(other => same(other, row)))
            {
                continue;
            }

            seen.Add(row);
            yield return row;
        }
    }
}
