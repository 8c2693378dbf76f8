using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.LocalRuntime.Specs.Emulators;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Identity;

public sealed class IdentitySpecs : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly HttpClient _http = new();
    private IdentityProvider? _identity;

    public async ValueTask InitializeAsync()
    {
        _identity = await StartAsync();
        _http.BaseAddress = _identity.Url;
    }

    public async ValueTask DisposeAsync()
    {
        await _identity!.DisposeAsync();
        _http.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task A_token_says_who_for_whom_and_until_when()
    {
        using var answer = await PostAsync("seller-1", "ann@example.com", "seller");
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();

        var token = new JsonWebToken(json.GetProperty("access_token").GetString());
        Assert.Equal("Bearer", json.GetProperty("token_type").GetString());
        Assert.Equal(43_200, json.GetProperty("expires_in").GetInt32());
        Assert.Equal("RS256", token.Alg);
        Assert.Equal(_identity!.Issuer, token.Issuer);
        Assert.Equal("seller-1", token.Subject);
        Assert.Equal("ann@example.com", token.GetClaim("email").Value);
        Assert.Equal(["seller"], token.GetPayloadValue<string[]>("cognito:groups"));
        Assert.Equal(["shop-local"], token.Audiences);
        Assert.Equal("shop-local", token.GetClaim("client_id").Value);
        Assert.Equal("access", token.GetClaim("token_use").Value);
        Assert.Equal(TimeSpan.FromHours(12), token.ValidTo - token.IssuedAt);
    }

    [Fact]
    public async Task The_published_keys_verify_a_token_and_hold_nothing_private()
    {
        var discovery = await _http.GetFromJsonAsync<JsonElement>("/.well-known/openid-configuration");
        var keys = await _http.GetStringAsync(discovery.GetProperty("jwks_uri").GetString());
        var token = _identity!.Issue(new TokenRequest("ann", "ann@example.com", "customer"));

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = discovery.GetProperty("issuer").GetString(),
            ValidAudience = "shop-local",
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
        });

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.All(new JsonWebKeySet(keys).Keys, key => Assert.False(key.HasPrivateKey));
    }

    [Fact]
    public async Task The_key_outlives_a_restart_and_only_its_owner_reads_it()
    {
        var before = await _http.GetStringAsync("/.well-known/jwks.json");
        await using var again = await StartAsync();
        using var http = new HttpClient { BaseAddress = again.Url };

        Assert.Equal(before, await http.GetStringAsync("/.well-known/jwks.json"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data.Path, "identity-key.pem")));
    }

    [Theory]
    [InlineData("", "ann@example.com", "seller", "sub")]
    [InlineData("ann\n", "ann@example.com", "seller", "sub")]
    [InlineData("ann\u0001", "ann@example.com", "seller", "sub")]
    [InlineData("ann", "", "seller", "email")]
    [InlineData("ann", "ann", "seller", "email")]
    [InlineData("ann", "ann@localhost", "seller", "email")]
    [InlineData("ann", "a@b@example.com", "seller", "email")]
    [InlineData("ann", "ann@example.com", "admin", "group")]
    public async Task A_bad_field_is_refused_by_name(string sub, string email, string group, string named)
    {
        using var answer = await PostAsync(sub, email, group);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith(named, error.GetProperty("error_description").GetString(), StringComparison.Ordinal);
    }

    /// <summary>As in the deployed user pool.</summary>
    [Fact]
    public async Task User_without_a_group_is_a_customer()
    {
        using var answer = await PostAsync("ann", "ann@example.com", "");
        var token = new JsonWebToken((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
        Assert.Equal(["customer"], token.GetPayloadValue<string[]>("cognito:groups"));
    }

    [Fact]
    public async Task Subject_of_any_provider_is_taken_up_to_128_characters()
    {
        using var taken = await PostAsync(new string('a', 122) + "-_.@|:", "ann@example.com", "operator");
        using var refused = await PostAsync(new string('a', 129), "ann@example.com", "operator");
        using var odd = await PostAsync("samlp|acme|Änn Smith/+%", "ann@example.com", "customer");

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(HttpStatusCode.OK, odd.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Form_with_a_null_character_is_refused()
    {
        using var answer = await PostAsync("ann\0", "ann@example.com", "seller");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_not_a_form_is_refused()
    {
        using var answer = await _http.PostAsJsonAsync("/token", new { sub = "ann" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<IdentityProvider> StartAsync() => IdentityProvider.StartAsync(new IdentityOptions(0, _data.Path, "shop-local", ShopTopology.All.Groups), TimeProvider.System, NullLoggerFactory.Instance, default);

    private Task<HttpResponseMessage> PostAsync(string sub, string email, string group) =>
        _http.PostAsync("/token", new FormUrlEncodedContent(new Dictionary<string, string> { ["sub"] = sub, ["email"] = email, ["group"] = group }));
}
