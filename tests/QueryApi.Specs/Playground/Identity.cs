using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>A test identity provider: its discovery document, keys and tokens.</summary>
public sealed class Identity : HttpMessageHandler
{
    public const string Issuer = "http://127.0.0.1:9/identity";
    public const string Audience = "shop";

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "first" };

    /// <param name="at">The time of issue. The default is <see cref="QueryServer.Start"/>.</param>
    public static string Token(string subject, string group = "seller", DateTimeOffset? at = null, TimeSpan? lifetime = null, string audience = Audience, params (string Name, object Value)[] more)
    {
        var end = (at ?? QueryServer.Start) + (lifetime ?? TimeSpan.FromHours(1));
        Dictionary<string, object> claims = new()
        {
            ["iss"] = Issuer,
            ["sub"] = subject,
            ["aud"] = audience,
            ["cognito:groups"] = new[] { group },
            ["iat"] = (end - TimeSpan.FromHours(2)).ToUnixTimeSeconds(),
            ["exp"] = end.ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in more) claims[name] = value;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims),
            new SigningCredentials(Key, SecurityAlgorithms.RsaSha256));
    }

    /// <summary>Returns a valid token's claims, unsigned.</summary>
    public static string WithoutSignature(string subject) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{Token(subject).Split('.')[1]}.";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.RequestUri!.AbsoluteUri switch
        {
            $"{Issuer}/.well-known/openid-configuration" => JsonSerializer.Serialize(new { issuer = Issuer, jwks_uri = $"{Issuer}/keys" }),
            $"{Issuer}/keys" => JsonSerializer.Serialize(new { keys = new[] { PublicKey() } }),
            _ => null,
        };
        return Task.FromResult(body is null
            ? new HttpResponseMessage(HttpStatusCode.NotFound)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }

    private static Dictionary<string, string> PublicKey()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(Key);
        return new() { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = key.Kid, ["n"] = key.N, ["e"] = key.E };
    }
}
