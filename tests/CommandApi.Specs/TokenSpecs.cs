using ServerlessCqrs.CommandApi.Specs.Playground;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class TokenSpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    public static TheoryData<string, string> BadTokens => new()
    {
        { "expired", Identity.Token(lifetime: TimeSpan.FromMinutes(-5)) },
        { "not valid yet", Identity.Token(begin: TimeSpan.FromMinutes(5)) },
        { "without an end", Identity.Token(endless: true) },
        { "of another issuer", Identity.Token(issuer: "http://127.0.0.1:9/other") },
        { "for another audience", Identity.Token(audience: "other") },
        { "for another client", Identity.Token(audience: "other", audienceClaim: "client_id") },
        { "for another audience and our client", Identity.Token(audience: "other", more: ("client_id", Identity.Audience)) },
        { "for other audiences and our client", Identity.Token(more: [("aud", new[] { "other", "another" }), ("client_id", Identity.Audience)]) },
        { "for no audience and our client", Identity.Token(more: [("aud", Array.Empty<string>()), ("client_id", Identity.Audience)]) },
        { "for an empty audience and our client", Identity.Token(audience: "", more: ("client_id", Identity.Audience)) },
        { "for an audience that is no text", Identity.Token(more: [("aud", 7), ("client_id", Identity.Audience)]) },
        { "an ID token", Identity.Token(more: ("token_use", "id")) },
        { "an ID token of our client", Identity.Token(more: [("token_use", "id"), ("client_id", Identity.Audience)]) },
        { "a refresh token", Identity.Token(audienceClaim: "client_id", more: ("token_use", "refresh")) },
        { "of a use in another case", Identity.Token(more: ("token_use", "Access")) },
        { "of a use that is no text", Identity.Token(more: ("token_use", 1)) },
        { "of two uses", Identity.Token(more: ("token_use", new[] { "access", "id" })) },
        { "signed by a stranger", Identity.Token(strangersKey: true) },
        { "signed with another algorithm", Identity.Token(pss: true) },
        { "signed with the public key as a secret", Identity.SignedWithThePublicKey() },
        { "alg none", Identity.Forged("""{"alg":"none","typ":"JWT"}""", "") },
        { "unsigned", Identity.Forged("""{"alg":"RS256","kid":"first"}""", "") },
        { "with another signature", Identity.Forged("""{"alg":"RS256","kid":"first"}""", "AAAA") },
        { "garbage", "garbage" },
        { "garbage with dots", "a.b.c" },
        { "of a subject that no stream id can have", Identity.Token("ann\nbob") },
        { "of a subject that is too long", Identity.Token(new string('a', 129)) },
        { "without a subject", Identity.Token("") },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_token_that_is_not_good_is_401(string what, string token)
    {
        Assert.NotEmpty(what);
        var answer = await _server.ClientOf(token).SendAsync("POST /products", Headphones);
        await answer.ShouldBeProblemAsync(401, "token_invalid");
        Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Empty(_server.Shop.Taken);
    }

    [Fact]
    public async Task A_token_is_good_until_it_expires_by_the_services_clock()
    {
        var seller = _server.ClientOf(Identity.Token(lifetime: TimeSpan.FromMinutes(5)));
        await seller.SendAsync("POST /products", Headphones);
        Assert.Single(_server.Shop.Taken);
        _server.Time.Advance(TimeSpan.FromMinutes(6));
        await (await seller.SendAsync("POST /products", Headphones)).ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task No_token_is_401_whatever_the_client_would_accept()
    {
        var answer = await _server.Nobody.SendAsync("POST /products", Headphones, headers: ("Accept", "text/html"));
        await answer.ShouldBeProblemAsync(401, "token_invalid");
        Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_503_and_no_fault_of_the_callers()
    {
        _server.Issuer.IsDown = true;
        var answer = await _server.Seller.SendAsync("POST /products", Headphones);
        await answer.ShouldBeProblemAsync(503, "unavailable");
        Assert.Equal("1", answer.Header("Retry-After"));
    }

    [Fact]
    public async Task A_token_is_for_us_by_its_client_id_as_Cognitos_access_tokens_are()
    {
        var answer = await _server.ClientOf(Identity.Token(audienceClaim: "client_id", more: ("token_use", "access"))).SendAsync("POST /products", Headphones);
        Assert.Equal(202, (int)answer.StatusCode);
        var both = await _server.ClientOf(Identity.Token(more: [("client_id", "other"), ("token_use", "access")])).SendAsync("POST /products", Headphones);
        Assert.Equal(202, (int)both.StatusCode);
    }

    [Fact]
    public async Task A_token_without_a_role_of_ours_is_403()
    {
        var answer = await _server.ClientOf(Identity.Token(groups: ["gardener"])).SendAsync("POST /products", Headphones);
        await answer.ShouldBeProblemAsync(403, "no_role");
    }

    [Theory]
    [InlineData(new[] { "customer", "seller" }, "seller")]
    [InlineData(new[] { "gardener", "seller" }, "seller")]
    public async Task The_actor_has_one_role_the_highest(string[] groups, string role)
    {
        await _server.ClientOf(Identity.Token(groups: groups)).SendAsync("POST /products", Headphones);
        var command = Assert.Single(_server.Shop.Taken);
        Assert.Equal(("seller-1", role), (command.Actor.Id, command.Actor.Role));
    }

    [Fact]
    public async Task An_operator_acts_as_operator_even_if_also_a_seller()
    {
        var answer = await _server.ClientOf(Identity.Token(groups: ["seller", "operator"])).SendAsync("POST /products", Headphones);
        await answer.ShouldBeProblemAsync(403, "not_a_seller");
    }
}
