using ClickHouse.Driver;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Creates and migrates the log's tables by numbered statements. Each statement can run twice, and at the same time in
/// several processes. A released statement never changes. Changes are new statements that only add, so the previous
/// release can use a migrated database, and a release can be rolled back.
/// </summary>
/// <remarks>
/// One insert fills all tables. It goes into <c>commits</c>, which stores nothing. Materialized views pass each row to
/// its table before the insert is acknowledged. A failing view fails the insert, with or without
/// <c>parallel_view_processing</c>. Snapshots are written separately, and are recreated if they are lost. Rows are the
/// same on every retry, so <c>ReplacingMergeTree</c> keeps one. Columns in which rows could contradict each other are
/// part of the sorting key. So contradicting rows are never merged, and <c>verify</c> finds them.
/// </remarks>
internal static class ClickHouseSchema
{
    // An insert is acknowledged after its parts are on disk, not in the cache. Block deduplication is off: a server
    // that drops a block by its hash acknowledges rows that it did not store.
    private const string Durable = "fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, non_replicated_deduplication_window = 0, replicated_deduplication_window = 0";

    // Streams are read far more often than ranges, and small granules read less beyond the stream. Reading a stream
    // among 1M rows took 7 ms.
    private const string Granules = "index_granularity = 1024";

    public const string Journal = """
        CREATE TABLE IF NOT EXISTS schema_migrations (number UInt32, applied_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'))
        ENGINE = ReplacingMergeTree ORDER BY number
        """;

    /// <summary>Returns all statements. Number n is at index n - 1.</summary>
    /// <param name="fields">The event fields by which streams can be found.</param>
    public static IReadOnlyList<string> Statements(IReadOnlyList<string> fields) =>
    [
        $"""
        CREATE TABLE IF NOT EXISTS events (
            stream_id String,
            version Int64,
            event_id UUID,
            type LowCardinality(String),
            type_version Int32,
            data String CODEC(ZSTD(1)),
            command_id UUID,
            actor String,
            role LowCardinality(String),
            at DateTime64(3, 'UTC'),
            INDEX by_command command_id TYPE bloom_filter(0.01) GRANULARITY 1
        ) ENGINE = ReplacingMergeTree PRIMARY KEY (stream_id, version) ORDER BY (stream_id, version, event_id)
        SETTINGS {Granules}, {Durable}
        """,
        $"""
        CREATE TABLE IF NOT EXISTS commands (
            stream_id String,
            command_id UUID,
            key_id Nullable(UUID),
            type LowCardinality(String),
            status LowCardinality(String),
            version Int64,
            events Array(LowCardinality(String)),
            code LowCardinality(String),
            reason String,
            data String CODEC(ZSTD(1)),
            actor String,
            role LowCardinality(String),
            at DateTime64(3, 'UTC'),
            issued_at DateTime64(3, 'UTC'),
            correlation_id String,
            causation_id Nullable(UUID),
            INDEX by_key key_id TYPE bloom_filter(0.01) GRANULARITY 1
        ) ENGINE = ReplacingMergeTree PRIMARY KEY (stream_id, command_id) ORDER BY (stream_id, command_id, status, version, code)
        SETTINGS {Granules}, {Durable}
        """,
        $"""
        CREATE TABLE IF NOT EXISTS arrivals (
            stream_id String,
            version Int64,
            at DateTime64(3, 'UTC'),
            arrived_at DateTime64(3, 'UTC')
        ) ENGINE = MergeTree ORDER BY (arrived_at, stream_id, version)
        TTL toDateTime(arrived_at) + INTERVAL 7 DAY
        SETTINGS {Granules}, {Durable}
        """,
        """
        CREATE TABLE IF NOT EXISTS commits (
            is_event Bool,
            stream_id String,
            version Int64,
            event_id UUID,
            type LowCardinality(String),
            type_version Int32,
            data String,
            command_id UUID,
            actor String,
            role LowCardinality(String),
            at DateTime64(3, 'UTC'),
            key_id Nullable(UUID),
            status LowCardinality(String),
            events Array(LowCardinality(String)),
            code LowCardinality(String),
            reason String,
            issued_at DateTime64(3, 'UTC'),
            correlation_id String,
            causation_id Nullable(UUID)
        ) ENGINE = Null
        """,
        """
        CREATE MATERIALIZED VIEW IF NOT EXISTS commits_to_events TO events AS
        SELECT stream_id, version, event_id, type, type_version, data, command_id, actor, role, at
        FROM commits WHERE is_event
        """,
        """
        CREATE MATERIALIZED VIEW IF NOT EXISTS commits_to_commands TO commands AS
        SELECT stream_id, command_id, key_id, type, status, version, events, code, reason, data, actor, role, at, issued_at, correlation_id, causation_id
        FROM commits WHERE NOT is_event
        """,
        """
        CREATE MATERIALIZED VIEW IF NOT EXISTS commits_to_arrivals TO arrivals AS
        SELECT stream_id, version, at, now64(3, 'UTC') AS arrived_at
        FROM commits WHERE is_event
        """,
        $"""
        CREATE TABLE IF NOT EXISTS commands_by_time (
            at DateTime64(3, 'UTC'),
            stream_id String,
            version Int64,
            status LowCardinality(String),
            command_id UUID,
            actor String,
            INDEX by_actor actor TYPE bloom_filter(0.01) GRANULARITY 1,
            INDEX by_command command_id TYPE bloom_filter(0.01) GRANULARITY 1
        ) ENGINE = ReplacingMergeTree ORDER BY (at, stream_id, version, status, command_id)
        SETTINGS {Granules}, {Durable}
        """,
        """
        CREATE MATERIALIZED VIEW IF NOT EXISTS commits_to_commands_by_time TO commands_by_time AS
        SELECT at, stream_id, version, status, command_id, actor
        FROM commits WHERE NOT is_event
        """,
        """
        INSERT INTO commands_by_time SELECT at, stream_id, version, status, command_id, actor FROM commands
        """,
        $"""
        CREATE TABLE IF NOT EXISTS streams_by_field (
            field LowCardinality(String),
            value String,
            stream_id String,
            since SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
        ) ENGINE = AggregatingMergeTree ORDER BY (field, value, stream_id)
        SETTINGS {Granules}, {Durable}
        """,
        $"""
        CREATE MATERIALIZED VIEW IF NOT EXISTS commits_to_streams_by_field TO streams_by_field AS
        SELECT field, JSONExtractString(data, field) AS value, stream_id, at AS since
        FROM commits ARRAY JOIN {List(fields)} AS field
        WHERE is_event AND value != ''
        """,
        $"""
        INSERT INTO streams_by_field SELECT field, JSONExtractString(data, field) AS value, stream_id, at
        FROM events ARRAY JOIN {List(fields)} AS field
        WHERE value != ''
        """,
        $"""
        CREATE TABLE IF NOT EXISTS operations (
            at DateTime64(3, 'UTC'),
            who String,
            what LowCardinality(String),
            subject String,
            why String
        ) ENGINE = ReplacingMergeTree ORDER BY (at, who, what, subject)
        SETTINGS {Granules}, {Durable}
        """,
        """
        CREATE TABLE IF NOT EXISTS snapshots (
            fold LowCardinality(String),
            stream_id String,
            version Int64,
            at DateTime64(3, 'UTC'),
            document String CODEC(ZSTD(1)),
            written_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
        ) ENGINE = ReplacingMergeTree(written_at) ORDER BY (fold, stream_id, version)
        SETTINGS index_granularity = 128
        """,
    ];

    /// <summary>
    /// Migrates the database to this code's schema. If the schema is current or newer, this costs one read.
    /// </summary>
    public static async Task MigrateAsync(IClickHouseClient client, string database, IReadOnlyList<string> fields, CancellationToken ct)
    {
        var applied = await AppliedAsync(client, ct);
        if (applied is null)
        {
            await client.ExecuteNonQueryAsync($"CREATE DATABASE IF NOT EXISTS {Quoted(database)}", null, new QueryOptions { Database = "system" }, ct);
            await client.ExecuteNonQueryAsync(Journal, null, null, ct);
        }

        var statements = Statements(fields);
        for (var number = (applied ?? 0) + 1; number <= statements.Count; number++)
        {
            await client.ExecuteNonQueryAsync(statements[number - 1], null, null, ct);
            await client.ExecuteNonQueryAsync($"INSERT INTO schema_migrations (number) VALUES ({number})", null, null, ct);
        }
    }

    /// <summary>Returns the number of the latest applied statement, or null when the journal is missing.</summary>
    private static async Task<int?> AppliedAsync(IClickHouseClient client, CancellationToken ct)
    {
        try
        {
            return Convert.ToInt32(await client.ExecuteScalarAsync("SELECT max(number) FROM schema_migrations", null, null, ct), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (ClickHouseServerException e) when (e.ErrorCode is ClickHouseErrors.UnknownDatabase or ClickHouseErrors.UnknownTable)
        {
            return null;
        }
    }

    // An empty array literal would have no type.
    private static string List(IReadOnlyList<string> fields) => fields.Count == 0 ? "emptyArrayString()" : $"[{string.Join(", ", fields.Select(field => $"'{field}'"))}]";

    // DDL cannot take a name as a parameter. The name comes from the deployment's own connection string.
    private static string Quoted(string name) => $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
}
