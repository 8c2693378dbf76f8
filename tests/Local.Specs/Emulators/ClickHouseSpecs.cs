using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO;
using ServerlessCqrs.LocalRuntime.ClickHouse;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

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
            using var request = Request("SELECT number FROM system.numbers", Credentials);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
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
    [InlineData(null, null)]
    [InlineData("shop:wrong", null)]
    [InlineData("shop:wrong", "default")]
    [InlineData("shop:", "default")]
    [InlineData("default:", null)]
    [InlineData(null, "default")]
    public async Task A_request_without_the_password_gets_no_answer(string? credentials, string? user)
    {
        using var http = new HttpClient();
        using var request = Request("SELECT 42", credentials, user is null ? "" : $"&user={user}");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_user_without_a_password_may_read_no_table()
    {
        await using var connection = new ClickHouseConnection(fixture.ClickHouse);
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS lines (line String) ENGINE = MergeTree ORDER BY line");
        using var http = new HttpClient();
        using var request = Request("SELECT * FROM lines", Credentials, "&user=default");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains("Not enough privileges", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("evil.example:8123")]
    public async Task Another_name_for_this_machine_gets_no_answer(string host)
    {
        using var http = new HttpClient();
        using var request = Request("SELECT 42", Credentials);
        request.Headers.Host = host;

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&add_http_cors_header=1")]
    public async Task A_web_page_may_not_read_an_answer(string setting)
    {
        using var http = new HttpClient();
        using var request = Request("SELECT 42", Credentials, setting);
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-Allow", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("SELECT * FROM file('{secret}', 'LineAsString')")]
    [InlineData("SELECT file('{secret}')")]
    [InlineData("CREATE TABLE stolen (line String) ENGINE = File(LineAsString, '{secret}')")]
    [InlineData("INSERT INTO lines FROM INFILE '{secret}' FORMAT LineAsString")]
    [InlineData("SELECT * FROM url('http://127.0.0.1:9/', 'LineAsString')")]
    [InlineData("CREATE TABLE fetched (line String) ENGINE = URL('http://127.0.0.1:9/', LineAsString)")]
    [InlineData("SELECT * FROM remote('127.0.0.1:9', system.one)")]
    [InlineData("SELECT * FROM sqlite('{secret}', 'x')")]
    [InlineData("SELECT * FROM executable('cat', LineAsString, 'line String')")]
    [InlineData("CREATE DICTIONARY words (line String) PRIMARY KEY line SOURCE(FILE(path '{secret}' format 'LineAsString')) LAYOUT(FLAT()) LIFETIME(1)")]
    [InlineData("CREATE DATABASE files ENGINE = Filesystem('/')")]
    [InlineData("BACKUP DATABASE default TO File('{secret}')")]
    [InlineData("SYSTEM SHUTDOWN")]
    [InlineData("CREATE USER another")]
    public async Task A_query_reaches_no_file_no_network_and_no_server_control(string sql)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "file() and FROM INFILE are fenced with Landlock");
        using var folder = new TemporaryFolder();
        var secret = Path.Combine(folder.Path, "master.key");
        await File.WriteAllTextAsync(secret, "the master key", TestContext.Current.CancellationToken);
        await using var connection = new ClickHouseConnection(fixture.ClickHouse);
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS lines (line String) ENGINE = MergeTree ORDER BY line");

        var refusal = await Assert.ThrowsAsync<ClickHouseServerException>(() => connection.ScalarAsync(sql.Replace("{secret}", secret, StringComparison.Ordinal)));

        Assert.DoesNotContain("the master key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_stands_in_no_command_line_and_only_its_owner_may_read_its_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        var pid = fixture.Fleet.Processes[ClickHouseServer.Name].Pid;
        var password = fixture.Fleet.Endpoints.ClickHouse.UserInfo.Split(':')[1];

        var commandLine = await File.ReadAllTextAsync($"/proc/{pid}/cmdline", TestContext.Current.CancellationToken);

        Assert.DoesNotContain(password, commandLine, StringComparison.Ordinal);
        foreach (var file in new[] { "clickhouse-password", "clickhouse/clickhouse.xml", "clickhouse/users.xml" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Path.Combine(fixture.DataFolder, file)).UnixFileMode);
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

    private string Credentials => fixture.Fleet.Endpoints.ClickHouse.UserInfo;

    private HttpRequestMessage Request(string sql, string? credentials, string more = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(fixture.Fleet.Endpoints.ClickHouse, $"?query={Uri.EscapeDataString(sql)}{more}"));
        if (credentials is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        return request;
    }
}
