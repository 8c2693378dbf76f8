using ClickHouse.Driver;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Log;

public sealed class ClickHouseDatabaseSpecs(Stores stores)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_that_start_at_the_same_time_make_one_schema()
    {
        var database = stores.NewDatabase();
        var events = Enumerable.Range(0, 4).Select(_ => Rows.Event(Rows.NewStream(), 1)).ToList();

        await Parallel.ForEachAsync(events, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (e, ct) =>
        {
            using var starter = Open(database);
            await new ClickHouseEventLog(starter).AppendAsync([e], [Rows.Outcome(e)], ct);
        });

        using var reader = Open(database);
        var read = await new ClickHouseEventHistory(reader).ReadStreamsAsync([.. events.Select(e => e.Stream)], HistoryBounds.Everything, Ct);
        Assert.Equal(events.ToHashSet(), read.Values.SelectMany(stream => stream).ToHashSet());
        Assert.Equal(4, read.Values.Sum(stream => stream.Count));
        using var client = new ClickHouseClient(database);
        Assert.Equal(ClickHouseSchema.Statements(ShopDomain.Instance.IndexedFields).Count, Convert.ToInt32(await client.ExecuteScalarAsync("SELECT uniqExact(number) FROM schema_migrations", null, null, Ct), null));
    }

    [Fact]
    public async Task A_start_that_was_cut_off_is_taken_up_by_the_next()
    {
        var database = stores.NewDatabase();
        using (var first = Open(database)) await first.EnsureAsync(Ct);
        using var client = new ClickHouseClient(database);
        await client.ExecuteNonQueryAsync("DROP TABLE commits_to_arrivals", null, null, Ct);
        await client.ExecuteNonQueryAsync("DELETE FROM schema_migrations WHERE number >= 5 SETTINGS mutations_sync = 1", null, null, Ct);

        using var next = Open(database);
        var e = Rows.Event(Rows.NewStream(), 1);
        await new ClickHouseEventLog(next).AppendAsync([e], [], Ct);

        Assert.Single(await new ClickHouseEventHistory(next).ReadArrivalsAsync(DateTimeOffset.UnixEpoch, 10, Ct));
        Assert.Single((await new ClickHouseEventHistory(next).ReadStreamsAsync([e.Stream], HistoryBounds.Everything, Ct))[e.Stream]);
    }

    [Fact]
    public async Task What_happened_before_a_table_of_a_newer_schema_is_in_it()
    {
        var database = stores.NewDatabase();
        var before = Rows.Outcome(Rows.Event(Rows.NewStream(), 1));
        var early = Rows.Event(Rows.NewStream("order"), 1, data: """{"customer":"anna"}""");
        using (var first = Open(database)) await new ClickHouseEventLog(first).AppendAsync([early], [before], Ct);
        using var client = new ClickHouseClient(database);
        foreach (var statement in new[] { "DROP TABLE commits_to_commands_by_time", "DROP TABLE commands_by_time", "DROP TABLE commits_to_streams_by_field", "DROP TABLE streams_by_field", "DELETE FROM schema_migrations WHERE number >= 8 SETTINGS mutations_sync = 1" })
            await client.ExecuteNonQueryAsync(statement, null, null, Ct);

        using var next = Open(database);
        var after = Rows.Outcome(Rows.Event(Rows.NewStream(), 2));
        var late = Rows.Event(Rows.NewStream("order"), 1, data: """{"customer":"anna"}""");
        await new ClickHouseEventLog(next).AppendAsync([late], [after], Ct);

        Assert.Equal([before.CommandId, after.CommandId], (await new ClickHouseAuditTrail(next).ReadAsync(new TrailQuery(), null, newestFirst: false, 10, Ct)).Select(outcome => outcome.CommandId));
        Assert.Equal(
            new[] { early.Stream, late.Stream }.OrderBy(stream => stream.ToString(), StringComparer.Ordinal),
            await new ClickHouseEventHistory(next).FindAsync("order", EventFields.Customer, ["anna"], late.At, Ct));
    }

    [Fact]
    public async Task Database_that_a_newer_release_migrated_is_used_by_this_one()
    {
        var database = stores.NewDatabase();
        using (var first = Open(database)) await first.EnsureAsync(Ct);
        using var client = new ClickHouseClient(database);
        await client.ExecuteNonQueryAsync("ALTER TABLE commits ADD COLUMN IF NOT EXISTS region String", null, null, Ct);
        await client.ExecuteNonQueryAsync("INSERT INTO schema_migrations (number) VALUES (999)", null, null, Ct);

        using var older = Open(database);
        var e = Rows.Event(Rows.NewStream(), 1);
        await new ClickHouseEventLog(older).AppendAsync([e], [Rows.Outcome(e)], Ct);

        Assert.Equal([e], (await new ClickHouseEventHistory(older).ReadStreamsAsync([e.Stream], HistoryBounds.Everything, Ct))[e.Stream]);
    }

    [Fact]
    public void Statements_for_the_shop_stay_as_they_were_released() =>
        Assert.Equal(2, ClickHouseSchema.Statements(ShopDomain.Instance.IndexedFields).Count(statement => statement.Contains("ARRAY JOIN ['category', 'customer', 'productId'] AS field", StringComparison.Ordinal)));

    [Fact]
    public void Statements_only_add_so_that_the_release_before_can_be_deployed_again()
    {
        string[] adding = ["CREATE TABLE IF NOT EXISTS ", "CREATE MATERIALIZED VIEW IF NOT EXISTS ", "INSERT INTO "];

        foreach (var statement in ClickHouseSchema.Statements(ShopDomain.Instance.IndexedFields))
            Assert.True(Array.Exists(adding, begin => statement.StartsWith(begin, StringComparison.Ordinal)) || IsNewColumn(statement), statement);

        static bool IsNewColumn(string statement) => statement.StartsWith("ALTER TABLE ", StringComparison.Ordinal) && statement.Contains(" ADD COLUMN IF NOT EXISTS ", StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_append_makes_one_part_in_each_table()
    {
        var database = stores.NewDatabase();
        using var writer = Open(database);
        await writer.EnsureAsync(Ct);
        var events = Enumerable.Range(1, 20_000).Select(version => Rows.Event(StreamId.Of("product", "one"), version)).ToList();

        await new ClickHouseEventLog(writer).AppendAsync(events, [.. events.Select(e => Rows.Outcome(e))], Ct);

        using var client = new ClickHouseClient(database);
        foreach (var table in new[] { "events", "commands", "arrivals" })
        {
            Assert.Equal(1, Convert.ToInt32(await client.ExecuteScalarAsync($"SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = '{table}' AND active", null, null, Ct), null));
            Assert.Equal(20_000, Convert.ToInt32(await client.ExecuteScalarAsync($"SELECT count() FROM {table}", null, null, Ct), null));
        }
    }

    [Fact]
    public async Task A_stream_of_rows_that_breaks_off_is_an_error()
    {
        using var database = Open(stores.NewDatabase());
        var read = 0;

        // Incompressible data, so that the server has sent megabytes before it fails.
        var error = await Assert.ThrowsAsync<EventLogException>(async () =>
        {
            await foreach (var _ in database.StreamAsync("count", "SELECT concat(toString(rand64()), toString(throwIf(number = 900000, 'broken'))) FROM numbers(1000000) SETTINGS max_block_size = 1000", new Parameters(), row => row.GetValue(0), Ct)) read++;
        });

        // The server writes its error into the stream, where a few bytes of it may look like rows before the read
        // fails. It matters only that the stream never ends as if it were complete.
        Assert.InRange(read, 0, 999_999);
        Assert.Contains("count", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_named()
    {
        // On a busy machine, preparing a database takes longer than the query may.
        var name = stores.NewDatabase();
        using (var patient = Open(name)) await patient.EnsureAsync(Ct);
        using var database = new ClickHouseDatabase(new ClickHouseOptions(name) { Timeout = TimeSpan.FromSeconds(2) }, ShopDomain.Instance, TimeProvider.System);
        await database.EnsureAsync(Ct);

        var error = await Assert.ThrowsAsync<EventLogException>(() => database.ReadAsync("sleep", "SELECT sleepEachRow(1) FROM numbers(5) SETTINGS max_block_size = 1", new Parameters(), row => row.GetValue(0), Ct));

        Assert.Contains("sleep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_let_go()
    {
        using var database = Open(stores.NewDatabase());
        await database.EnsureAsync(Ct);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.ReadAsync("sleep", "SELECT sleepEachRow(1) FROM numbers(3) SETTINGS max_block_size = 1", new Parameters(), row => row.GetValue(0), cancel.Token));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_asked_again_at_the_next_call()
    {
        var asked = 0;
        using var database = new ClickHouseDatabase(
            new ClickHouseOptions("Host=127.0.0.1;Port=9;Database=nowhere", _ => Task.FromResult<string?>($"secret-{++asked}")), ShopDomain.Instance,
            TimeProvider.System);

        var error = await Assert.ThrowsAsync<EventLogException>(() => database.EnsureAsync(Ct));
        var first = asked;
        await Assert.ThrowsAsync<EventLogException>(() => database.EnsureAsync(Ct));

        Assert.True(asked > first);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_was_rotated_is_asked_for_anew_within_the_same_call()
    {
        await using var gate = await PasswordGate.OpenAsync(stores.ClickHouse, Ct);
        var (password, asked) = ("one", 0);
        using var database = new ClickHouseDatabase(
            new ClickHouseOptions($"Host=127.0.0.1;Port={gate.Port};Username=shop;Database=specs_{Guid.NewGuid():N}", _ =>
            {
                asked++;
                return Task.FromResult<string?>(password);
            }), ShopDomain.Instance,
            TimeProvider.System);
        var log = new ClickHouseEventLog(database);

        gate.Password = "one";
        await log.AppendAsync([Rows.Event(Rows.NewStream(), 1)], [], Ct);
        await log.AppendAsync([Rows.Event(Rows.NewStream(), 1)], [], Ct);
        Assert.Equal(1, asked);

        gate.Password = password = "two";
        await log.AppendAsync([Rows.Event(Rows.NewStream(), 1)], [], Ct);
        Assert.Equal(2, asked);

        gate.Password = "three";
        var error = await Assert.ThrowsAsync<EventLogException>(() => log.AppendAsync([Rows.Event(Rows.NewStream(), 1)], [], Ct));
        Assert.DoesNotContain("two", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, asked);
    }

    /// <summary>The other query represents writers and other processes: it has its own connection.</summary>
    [Fact]
    public async Task Read_that_gives_way_is_refused_while_the_server_is_busy()
    {
        var name = stores.NewDatabase();
        using var database = Open(name);
        await database.EnsureAsync(Ct);
        using var client = new ClickHouseClient(name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var busy = client.ExecuteScalarAsync("SELECT sum(sleepEachRow(1)) FROM numbers(120) SETTINGS max_block_size = 1, max_threads = 1", null, null, stop.Token);
        using var watcher = new ClickHouseClient(name);
        while (Convert.ToInt32(await watcher.ExecuteScalarAsync("SELECT count() FROM system.processes WHERE query LIKE 'SELECT sum(sleepEachRow%'", null, null, Ct), null) == 0)
            Assert.False(busy.IsCompleted, "the other query is over already");

        var history = new ClickHouseEventHistory(database);
        await history.ReadStreamsAsync([Rows.NewStream()], HistoryBounds.Everything, Ct);
        using (GivingWay.Begin(1))
        {
            var refused = await Assert.ThrowsAsync<EventLogException>(() => history.ReadStreamsAsync([Rows.NewStream()], HistoryBounds.Everything, Ct));
            Assert.Contains("Too many simultaneous queries", refused.Message, StringComparison.Ordinal);
        }

        await history.ReadStreamsAsync([Rows.NewStream()], HistoryBounds.Everything, Ct);
        await watcher.ExecuteNonQueryAsync("KILL QUERY WHERE query LIKE 'SELECT sum(sleepEachRow%' ASYNC", null, null, Ct);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => busy);
    }

    private static ClickHouseDatabase Open(string database) => new(new ClickHouseOptions(database), ShopDomain.Instance, TimeProvider.System);
}
