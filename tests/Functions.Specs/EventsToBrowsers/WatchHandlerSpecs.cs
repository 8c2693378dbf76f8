using System.Text.Json;
using ServerlessCqrs.Functions.Specs.EventsToBrowsers.Given;
using ServerlessCqrs.Push;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Functions.Specs.EventsToBrowsers.Given.Browsers;

namespace ServerlessCqrs.Functions.Specs.EventsToBrowsers;

/// <summary>Which sockets are let in, and what they may watch.</summary>
public sealed class WatchHandlerSpecs(DynamoFixture dynamo)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_to_a_watch_names_the_versions_of_the_streams()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ReachAsync(Product(1), 7);
        await browsers.ConnectAsync("a");

        var answer = await browsers.WatchAsync("a", Product(1), Product(2), Product(1));

        Assert.Equal(
            $$"""{"watching":[{"stream":"{{Product(1)}}","version":7},{"stream":"{{Product(2)}}","version":0}]}""",
            answer.GetRawText());
    }

    [Fact]
    public async Task Version_in_the_answer_is_read_after_the_watch_is_written()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ReachAsync(Product(1), 1);
        await browsers.ConnectAsync("a");
        browsers.Connections = new SlowConnections(browsers.Connections) { AfterWatch = () => browsers.ReachAsync(Product(1), 2) };

        var answer = await browsers.WatchAsync("a", Product(1));

        Assert.Equal(2, answer.GetProperty("watching")[0].GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Watch_replaces_the_one_before()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ConnectAsync("a");
        await browsers.WatchAsync("a", Product(1), Product(2));

        await browsers.WatchAsync("a", Product(2), Product(3));
        Assert.Equal([Product(2), Product(3)], (await browsers.WatchedByAsync("a")).OrderBy(stream => stream.ToString()));

        await browsers.SayAsync("a", """{"watch":[]}""");
        Assert.Empty(await browsers.WatchedByAsync("a"));
    }

    [Theory]
    [InlineData(null, "malformed")]
    [InlineData("", "malformed")]
    [InlineData("hello", "malformed")]
    [InlineData("{\"watch\": [\"\\ud800\"]}", "malformed")]
    [InlineData("{\"watch\": [], \"token\": \"\\ud800\"}", "malformed")]
    [InlineData("{\"\\ud800\": 1}", "malformed")]
    [InlineData("[]", "malformed")]
    [InlineData("{}", "malformed")]
    [InlineData("""{"watch":"product-1"}""", "malformed")]
    [InlineData("""{"watch":[],"watch":[]}""", "malformed")]
    [InlineData("""{"watch":[],"token":7}""", "malformed")]
    [InlineData("""{"watch":[],"data":{}}""", "malformed")]
    [InlineData("""{"watch":[7]}""", "not_a_stream")]
    [InlineData("""{"watch":["product"]}""", "not_a_stream")]
    [InlineData("""{"watch":["connection:a-b"]}""", "not_a_stream")]
    [InlineData("""{"watch":["user-ann"]}""", "not_watchable")]
    [InlineData("""{"watch":["secret-1"]}""", "not_watchable")]
    public async Task Message_that_is_no_watch_gets_a_reason(string? text, string code)
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ConnectAsync("a");

        var answer = await browsers.SayAsync("a", text);

        Assert.Equal(code, answer.GetProperty("code").GetString());
        Assert.EndsWith(".", answer.GetProperty("detail").GetString());
        Assert.Empty(await browsers.WatchedByAsync("a"));
    }

    [Fact]
    public async Task Watch_has_at_most_100_streams_and_a_message_32_KB()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ConnectAsync("a");
        StreamId[] streams = [.. Enumerable.Range(1, 101).Select(Product)];

        Assert.Equal("too_many_watches", CodeOf(await browsers.WatchAsync("a", streams)));
        Assert.Equal("too_large", CodeOf(await browsers.SayAsync("a", $$"""{"watch":[],"token":"{{new string('x', 32 * 1024)}}"}""")));
        Assert.Equal(100, (await browsers.WatchAsync("a", streams[1..])).GetProperty("watching").GetArrayLength());
        Assert.Equal(100, (await browsers.WatchedByAsync("a")).Count);
    }

    [Fact]
    public async Task Order_is_watched_by_its_customer_only()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ReachAsync(Order(1), 3, customer: "ann");
        await browsers.ConnectAsync("a");

        Assert.Equal("token_required", CodeOf(await browsers.WatchAsync("a", Order(1))));
        Assert.Equal("token_invalid", CodeOf(await browsers.WatchAsync("a", "nonsense", Order(1))));
        Assert.Equal("not_yours", CodeOf(await browsers.WatchAsync("a", "token of bob", Product(1), Order(1))));
        Assert.Empty(await browsers.WatchedByAsync("a"));

        await browsers.WatchAsync("a", "token of ann", Product(1), Order(1));
        Assert.Equal([Order(1), Product(1)], (await browsers.WatchedByAsync("a")).OrderBy(stream => stream.ToString()));
    }

    [Fact]
    public async Task Nobody_learns_whether_an_order_exists()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ReachAsync(Order(1), 3, customer: "ann");
        await browsers.ConnectAsync("a");

        var others = await browsers.WatchAsync("a", "token of bob", Order(1));
        var none = await browsers.WatchAsync("a", "token of bob", Order(2));

        Assert.Equal(others.GetRawText().Replace($"{Order(1)}", $"{Order(2)}", StringComparison.Ordinal), none.GetRawText());
    }

    [Fact]
    public async Task Token_is_not_called_wrong_while_the_keys_are_away()
    {
        var browsers = await StartAsync(dynamo);
        browsers.HasKeys = false;
        await browsers.ConnectAsync("a");

        Assert.Equal("unavailable", CodeOf(await browsers.WatchAsync("a", "token of ann", Order(1))));
        Assert.True((await browsers.WatchAsync("a", "token of ann", Product(1))).TryGetProperty("watching", out _));
    }

    [Fact]
    public async Task Socket_that_ends_leaves_nothing_but_marks_that_expire()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(Product(1), "a");

        await browsers.DisconnectAsync("a");
        await browsers.DisconnectAsync("a");

        Assert.Empty(await browsers.WatchedByAsync("a"));
        Assert.Equal("closed", CodeOf(await browsers.WatchAsync("a", Product(1))));
        Assert.Empty(await browsers.WatchedByAsync("a"));
    }

    [Fact]
    public async Task Watch_that_meets_the_end_of_its_socket_takes_itself_back()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ConnectAsync("a");
        browsers.Connections = new SlowConnections(browsers.Connections) { BeforeWatch = () => browsers.DisconnectAsync("a") };

        await browsers.WatchAsync("a", Product(1), Product(2));

        Assert.Empty(await browsers.WatchedByAsync("a"));
    }

    [Fact]
    public async Task Messages_of_a_socket_at_the_same_time_leave_what_the_last_one_said()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ConnectAsync("a");

        await Task.WhenAll(Enumerable.Range(1, 6).Select(number => browsers.WatchAsync("a", Product(number), Product(number + 1), Product(20))));

        var last = await browsers.Connections.FindAsync("a", Ct);
        Assert.Equal(
            last!.Watches.Select(stream => stream.ToString()).Order(),
            (await browsers.WatchedByAsync("a")).Select(stream => stream.ToString()).Order());
    }

    [Fact]
    public async Task Late_message_does_not_take_back_what_a_later_one_said()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(Product(1), "a");
        var inner = browsers.Connections;
        browsers.Connections = new SlowConnections(inner)
        {
            AfterWatch = async () =>
            {
                browsers.Connections = inner;
                await browsers.WatchAsync("a", Product(1));
            },
        };

        await browsers.WatchAsync("a", Product(2));

        Assert.Equal([Product(1)], await browsers.WatchedByAsync("a"));
    }

    [Fact]
    public async Task Socket_takes_so_many_messages_a_minute()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ConnectAsync("a");
        for (var message = 0; message < PushLimits.MessagesPerMinute; message++)
            Assert.True((await browsers.WatchAsync("a")).TryGetProperty("watching", out _));

        Assert.Equal("too_many_messages", CodeOf(await browsers.WatchAsync("a")));
        browsers.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await browsers.WatchAsync("a")).TryGetProperty("watching", out _));
    }

    [Fact]
    public async Task Address_has_so_many_sockets_open()
    {
        var browsers = await StartAsync(dynamo);
        browsers.MostPerCaller = 3;

        var statuses = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => browsers.ConnectAsync($"s{number}", $"192.0.2.1:{number}")));

        Assert.Equal(3, statuses.Count(status => status == 200));
        Assert.Equal(5, statuses.Count(status => status == 429));
        Assert.Equal(200, await browsers.ConnectAsync("other", "[2001:db8::1]:4711"));
        var open = Array.IndexOf(statuses, 200) + 1;
        await browsers.DisconnectAsync($"s{open}");
        Assert.Equal(200, await browsers.ConnectAsync("later"));
        Assert.Equal(429, await browsers.ConnectAsync("latest"));
    }

    [Fact]
    public async Task Sockets_whose_end_nobody_told_count_no_longer_than_they_can_live()
    {
        var browsers = await StartAsync(dynamo);
        browsers.MostPerCaller = 2;
        await browsers.ConnectAsync("a");
        browsers.Clock.Advance(PushLimits.Life / 2);
        await browsers.ConnectAsync("b");
        Assert.Equal(429, await browsers.ConnectAsync("c"));

        browsers.Clock.Advance(PushLimits.Life / 2);

        Assert.Equal(200, await browsers.ConnectAsync("d"));
        Assert.Equal(429, await browsers.ConnectAsync("e"));
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("https://shop.example", 200)]
    [InlineData("https://other.example", 200)]
    [InlineData("https://shop.example.evil.example", 403)]
    [InlineData("http://shop.example", 403)]
    [InlineData("null", 403)]
    public async Task Page_of_another_origin_is_let_in_if_it_is_configured(string? origin, int status) =>
        Assert.Equal(status, await (await StartAsync(dynamo)).ConnectAsync("a", origin: origin));

    [Fact]
    public async Task Who_goes_around_the_edge_is_not_let_in()
    {
        var browsers = await StartAsync(dynamo);
        browsers.CameByEdge = false;

        Assert.Equal(403, await browsers.ConnectAsync("a"));
        Assert.Equal("closed", CodeOf(await browsers.WatchAsync("a", Product(1))));
    }

    private static string? CodeOf(JsonElement answer) => answer.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>Lets something happen around the writing of watches.</summary>
    private sealed class SlowConnections(IConnections inner) : IConnections
    {
        public Func<Task> BeforeWatch { get; init; } = () => Task.CompletedTask;

        public Func<Task> AfterWatch { get; init; } = () => Task.CompletedTask;

        public Task<bool> OpenAsync(string connection, string caller, int most, CancellationToken ct) => inner.OpenAsync(connection, caller, most, ct);

        public Task<OpenConnection?> FindAsync(string connection, CancellationToken ct) => inner.FindAsync(connection, ct);

        public Task<OpenConnection?> ReplaceAsync(string connection, OpenConnection read, OpenConnection next, CancellationToken ct) =>
            inner.ReplaceAsync(connection, read, next, ct);

        public async Task WatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct)
        {
            await BeforeWatch();
            await inner.WatchAsync(connection, revision, streams, ct);
            await AfterWatch();
        }

        public Task UnwatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
            inner.UnwatchAsync(connection, revision, streams, ct);

        public Task ForgetAsync(string connection, StreamId? stream, CancellationToken ct) => inner.ForgetAsync(connection, stream, ct);
    }
}
