using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Commands;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class CommandStatusSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    private HttpClient Seller => _server.ClientOf("seller-1");

    [Theory]
    [InlineData(CommandStatus.Applied, "applied", false)]
    [InlineData(CommandStatus.Applied, "applied", true)]
    [InlineData(CommandStatus.Unchanged, "unchanged", false)]
    [InlineData(CommandStatus.Refused, "refused", false)]
    [InlineData(CommandStatus.Refused, "refused", true)]
    public async Task An_outcome_is_told_from_the_tip_and_later_from_the_log(CommandStatus status, string name, bool longAgo)
    {
        var id = await _server.Shop.CreateAsync();
        var outcome = await _server.Shop.DecideAsync(id, status, logged: longAgo);
        if (longAgo)
            for (var i = 0; i <= OutcomeRing.Capacity; i++) await _server.Shop.DecideAsync(id, CommandStatus.Unchanged);

        var body = await (await Seller.SendAsync($"GET {UrlOf(outcome)}")).ShouldBeOkAsync();
        Assert.Equal(name, (string?)body["status"]);
        Assert.Equal(outcome.CommandId.ToString(), (string?)body["commandId"]);
        Assert.Equal(outcome.Stream.ToString(), (string?)body["stream"]);
        Assert.Equal(1, body.VersionOf());
        Assert.Equal(outcome.Events, body["events"]!.AsArray().Select(e => (string)e!));
        Assert.Equal(outcome.Code, (string?)body["code"]);
        Assert.Equal(outcome.Reason, (string?)body["reason"]);
    }

    [Fact]
    public async Task Operators_see_it_and_others_cannot_tell_that_it_is_there()
    {
        var outcome = await _server.Shop.DecideAsync(await _server.Shop.CreateAsync(), CommandStatus.Applied);
        await (await _server.ClientOf("boss", Actor.Operator).SendAsync($"GET {UrlOf(outcome)}")).ShouldBeOkAsync();
        await (await _server.ClientOf("seller-2").SendAsync($"GET {UrlOf(outcome)}")).ShouldBeProblemAsync(404, "command_not_found");
    }

    [Fact]
    public async Task A_command_on_its_way_is_pending()
    {
        var url = $"/commands/{ProductStreams.IdOf(Guid.NewGuid())}/{Guid.NewGuid()}?issued={_server.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}";
        _server.Time.Advance(CommandStatuses.LongestWait - TimeSpan.FromSeconds(1));
        var answer = await Seller.SendAsync($"GET {url}");
        var body = await answer.ShouldBeOkAsync();
        Assert.Equal("pending", (string?)body["status"]);
        Assert.Null(body["version"]);
        Assert.Equal(("no-store", "1"), (answer.Header("Cache-Control"), answer.Header("Retry-After")));

        _server.Time.Advance(TimeSpan.FromSeconds(1));
        await (await Seller.SendAsync($"GET {url}")).ShouldBeProblemAsync(404, "command_not_found");
    }

    [Theory]
    [InlineData("/commands/product-6579c22f-be2b-444c-a52b-0116dd82df6c/6579c22f-be2b-444c-a52b-0116dd82df6c", 404, "command_not_found")]
    [InlineData("/commands/product-6579c22f-be2b-444c-a52b-0116dd82df6c/6579c22f-be2b-444c-a52b-0116dd82df6c?issued=2027-01-01T00:00:00Z", 404, "command_not_found")]
    [InlineData("/commands/nonsense/6579c22f-be2b-444c-a52b-0116dd82df6c", 404, "command_not_found")]
    [InlineData("/commands/product-6579c22f-be2b-444c-a52b-0116dd82df6c/nonsense", 404, "command_not_found")]
    [InlineData("/commands/product-6579c22f-be2b-444c-a52b-0116dd82df6c/6579c22f-be2b-444c-a52b-0116dd82df6c?issued=today", 400, "time_invalid")]
    [InlineData("/commands/product-6579c22f-be2b-444c-a52b-0116dd82df6c/6579c22f-be2b-444c-a52b-0116dd82df6c?since=1", 400, "parameter_unknown")]
    public async Task What_was_never_sent_is_404_and_what_is_malformed_400(string url, int status, string code) =>
        await (await Seller.SendAsync($"GET {url}")).ShouldBeProblemAsync(status, code);

    [Fact]
    public async Task While_the_tips_are_away_the_log_tells_what_it_knows_and_nothing_else_is_said()
    {
        var id = await _server.Shop.CreateAsync();
        var logged = await _server.Shop.DecideAsync(id, CommandStatus.Applied);
        var unlogged = await _server.Shop.DecideAsync(id, CommandStatus.Applied, logged: false);
        _server.Tips.Faults.Now = Fault.Fails;
        await (await Seller.SendAsync($"GET {UrlOf(logged)}")).ShouldBeOkAsync();
        await (await Seller.SendAsync($"GET {UrlOf(unlogged)}")).ShouldBeProblemAsync(503, "unavailable");
    }

    public static TheoryData<string, string?> BadTokens => new()
    {
        { "none", null },
        { "expired", Identity.Token("seller-1", lifetime: TimeSpan.FromMinutes(-5)) },
        { "for others", Identity.Token("seller-1", audience: "others") },
        { "unsigned", Identity.WithoutSignature("seller-1") },
        { "garbage", "garbage" },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Without_a_good_token_it_is_401(string what, string? token)
    {
        Assert.NotEmpty(what);
        var outcome = await _server.Shop.DecideAsync(await _server.Shop.CreateAsync(), CommandStatus.Applied);
        var answer = await (token is null ? _server.Anyone : _server.WithToken(token)).SendAsync($"GET {UrlOf(outcome)}");
        await answer.ShouldBeProblemAsync(401, "token_invalid");
        Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_a_role_of_ours_is_403() =>
        await (await _server.ClientOf("ann", "gardener").SendAsync($"GET /commands/{ProductStreams.IdOf(Guid.NewGuid())}/{Guid.NewGuid()}")).ShouldBeProblemAsync(403, "no_role");

    private static string UrlOf(CommandOutcome outcome) => $"/commands/{outcome.Stream}/{outcome.CommandId}?issued={outcome.IssuedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}";
}
