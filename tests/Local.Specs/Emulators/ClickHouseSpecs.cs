using ClickHouse.Driver;
using ClickHouse.Driver.ADO;

namespace ServerlessCqrs.Local.Specs.Emulators;

[Collection(FleetCollection.Name)]
public sealed class ClickHouseSpecs(FleetFixture fixture)
{
    [Fact]
    public async Task The_official_driver_works_with_parameters()
    {
        await using var connection = new ClickHouseConnection(fixture.ClickHouse);
        await connection.ExecuteAsync("CREATE TABLE prices (id UUID, name String, amount Decimal(18, 4), at DateTime64(3, 'UTC')) ENGINE = ReplacingMergeTree ORDER BY id");
        var id = Guid.Parse("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
        (string, object)[] row = [("id", id), ("name", "Kopfhörer 'x' \\ 耳机"), ("amount", 79.99m)];

        await connection.ExecuteAsync("INSERT INTO prices SELECT {id:UUID}, {name:String}, {amount:Decimal(18, 4)}, '2026-01-02 03:04:05.678'", row);
        await connection.ExecuteAsync("INSERT INTO prices SELECT {id:UUID}, {name:String}, {amount:Decimal(18, 4)}, '2026-01-02 03:04:05.678'", row);

        Assert.Equal(
            "1 Kopfhörer 'x' \\ 耳机 79.99 2026-01-02 03:04:05.678",
            await connection.ScalarAsync("SELECT concat(toString(count()), ' ', any(name), ' ', toString(any(amount)), ' ', toString(any(at))) FROM prices FINAL WHERE id = {id:UUID}", ("id", id)));
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_of_an_answer_does_not_end_it()
    {
        var pid = fixture.Fleet.Processes["clickhouse"].Pid;
        using (var http = new HttpClient())
        {
            using var answer = await http.GetAsync(
                new Uri(fixture.Fleet.Endpoints.ClickHouse, "?query=SELECT%20number%20FROM%20system.numbers"),
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken);
            await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await body.ReadExactlyAsync(new byte[100_000], TestContext.Current.CancellationToken);
        }

        await using var connection = new ClickHouseConnection(fixture.ClickHouse);
        Assert.Equal("2", await connection.ScalarAsync("SELECT toString(1 + 1)"));
        Assert.Equal(pid, fixture.Fleet.Processes["clickhouse"].Pid);
    }

    [Fact]
    public async Task A_failing_query_is_an_error_for_its_client_only()
    {
        await using var connection = new ClickHouseConnection(fixture.ClickHouse);

        await Assert.ThrowsAsync<ClickHouseServerException>(() => connection.ExecuteAsync("SELECT * FROM no_such_table"));

        Assert.Equal("2", await connection.ScalarAsync("SELECT toString(1 + 1)"));
    }

    [Theory]
    [InlineData("SELECT timezone()", "UTC")]
    [InlineData("SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'", "800000000")]
    [InlineData("SELECT value FROM system.merge_tree_settings WHERE name = 'fsync_after_insert'", "1")]
    public async Task Its_settings_do_not_depend_on_the_machine(string question, string answer)
    {
        await using var connection = new ClickHouseConnection(fixture.ClickHouse);

        Assert.Equal(answer, await connection.ScalarAsync(question));
    }
}
