using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.LocalRuntime.Specs.Edge;
using ServerlessCqrs.LocalRuntime.Specs.Emulators;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Identity;

/// <summary>A person signs in with code and PKCE, as at Cognito's managed login.</summary>
public sealed class SignInSpecs : IAsyncLifetime
{
    private const string Page = "http://127.0.0.1:8080";
    private const string Callback = $"{Page}/shop/signed-in";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private readonly TemporaryFolder _data = new();
    private readonly SetClock _clock = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private IdentityProvider? _identity;

    public async ValueTask InitializeAsync()
    {
        SharedKey.PutInto(_data.Path);
        _identity = await IdentityProvider.StartAsync(
            new IdentityOptions(0, _data.Path, "shop-local", ShopTopology.All.Groups)
            {
                Callbacks = [Callback],
                Accounts = [new SignInAccount("Seller", "Sells.", new TokenRequest("seller-1", "seller-1@example.com", "seller"))],
            },
            _clock, NullLoggerFactory.Instance, default);
        _http.BaseAddress = _identity.Url;
    }

    public async ValueTask DisposeAsync()
    {
        await _identity!.DisposeAsync();
        _http.Dispose();
        _data.Dispose();
    }

    /// <summary>The example of RFC 7636, appendix B.</summary>
    [Fact]
    public void Challenge_is_the_hash_of_the_verifier() =>
        Assert.Equal("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", SignIns.ChallengeOf(Verifier));

    [Fact]
    public async Task Sign_in_page_has_a_button_for_each_account_and_a_form()
    {
        var page = await _http.GetStringAsync(Authorize());

        Assert.Equal(2, page.Split("<form ").Length - 1);
        Assert.Contains("<b>Seller</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_is_traded_for_tokens_of_who_signed_in()
    {
        var (code, state) = await SignInAsync();
        using var answer = await TradeAsync(code);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        var access = new JsonWebToken(tokens.GetProperty("access_token").GetString());
        var id = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal("s1", state);
        Assert.Equal(("seller-1", "access"), (access.Subject, access.GetClaim("token_use").Value));
        Assert.Equal(("seller-1", "id", "n1"), (id.Subject, id.GetClaim("token_use").Value, id.GetClaim("nonce").Value));
        Assert.Equal(["shop-local"], id.Audiences);
        Assert.Equal(Page, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Code_works_once()
    {
        var (code, _) = await SignInAsync();
        using var first = await TradeAsync(code);
        using var again = await TradeAsync(code);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (first.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task Code_is_useless_without_its_verifier()
    {
        var (code, _) = await SignInAsync();
        using var answer = await TradeAsync(code, verifier: Verifier[..^1] + "x");

        Assert.Equal("invalid_grant", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Code_ends_after_two_minutes()
    {
        var (code, _) = await SignInAsync();
        _clock.Pass(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        using var answer = await TradeAsync(code);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/shop/signed-in")]
    [InlineData("redirect_uri", Callback + "/more")]
    [InlineData("client_id", "another")]
    [InlineData("response_type", "token")]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge", "short")]
    public async Task Sign_in_with_a_wrong_parameter_goes_nowhere(string name, string value)
    {
        using var answer = await _http.GetAsync(Authorize((name, value)), TestContext.Current.CancellationToken);
        using var posted = await _http.PostAsync("/authorize", Form([.. Parameters((name, value)), ("sub", "seller-1"), ("email", "a@example.com"), ("group", "seller")]), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (answer.StatusCode, posted.StatusCode));
        Assert.Null(posted.Headers.Location);
    }

    /// <summary>Otherwise another page could read a token of any user.</summary>
    [Fact]
    public async Task Page_gets_no_token_without_a_code()
    {
        using var ours = await PostTokenAsync(Page, ("sub", "seller-1"), ("email", "a@example.com"), ("group", "seller"));
        using var another = await PostTokenAsync("https://evil.example", ("grant_type", "authorization_code"), ("code", "x"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (ours.StatusCode, another.StatusCode));
        Assert.False(another.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static string Authorize(params (string Name, string Value)[] changes) =>
        "/authorize?" + string.Join('&', Parameters(changes).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));

    private static IEnumerable<(string Name, string Value)> Parameters(params (string Name, string Value)[] changes)
    {
        var all = new Dictionary<string, string>
        {
            ["client_id"] = "shop-local",
            ["response_type"] = "code",
            ["redirect_uri"] = Callback,
            ["state"] = "s1",
            ["nonce"] = "n1",
            ["code_challenge"] = SignIns.ChallengeOf(Verifier),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes) all[name] = value;
        return all.Select(one => (one.Key, one.Value));
    }

    private async Task<(string Code, string? State)> SignInAsync()
    {
        using var answer = await _http.PostAsync("/authorize", Form([.. Parameters(), ("sub", "seller-1"), ("email", "seller-1@example.com"), ("group", "seller")]));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith(Callback + "?", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        var query = HttpUtility.ParseQueryString(answer.Headers.Location.Query);
        return (query["code"]!, query["state"]);
    }

    private Task<HttpResponseMessage> TradeAsync(string code, string verifier = Verifier) =>
        PostTokenAsync(Page, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback), ("client_id", "shop-local"), ("code_verifier", verifier));

    private async Task<HttpResponseMessage> PostTokenAsync(string origin, params (string, string)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token") { Content = Form(fields) };
        request.Headers.Add("Origin", origin);
        return await _http.SendAsync(request);
    }

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
