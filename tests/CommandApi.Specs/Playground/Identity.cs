using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.CommandApi.Specs.Playground;

/// <summary>A test identity provider: its discovery document, its keys, and tokens of every kind.</summary>
public sealed class Identity : HttpMessageHandler
{
    public const string Issuer = "http://127.0.0.1:9/identity";
    public const string Audience = "shop";

    private static readonly RsaSecurityKey Key = NewKey("first");
    private static readonly RsaSecurityKey Stranger = NewKey("first");

    public static string Token(
        string subject = "seller-1",
        string[]? groups = null,
        string? email = null,
        bool? emailVerified = null,
        string audience = Audience,
        string audienceClaim = "aud",
        string issuer = Issuer,
        TimeSpan? lifetime = null,
        TimeSpan? begin = null,
        bool endless = false,
        bool strangersKey = false,
        bool pss = false,
        params (string Name, object Value)[] more)
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = now + (lifetime ?? TimeSpan.FromHours(1));
        Dictionary<string, object> claims = new()
        {
            ["iss"] = issuer,
            ["sub"] = subject,
            [audienceClaim] = audience,
            ["cognito:groups"] = groups ?? ["seller"],
            ["iat"] = (end - TimeSpan.FromHours(2)).ToUnixTimeSeconds(),
            ["exp"] = end.ToUnixTimeSeconds(),
        };
        if (begin is { } wait) claims["nbf"] = (now + wait).ToUnixTimeSeconds();
        foreach (var (name, value) in more) claims[name] = value;
        if (endless) claims.Remove("exp");
        if (email is not null) claims["email"] = email;
        if (emailVerified is { } verified) claims["email_verified"] = verified;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims),
            new SigningCredentials(strangersKey ? Stranger : Key, pss ? SecurityAlgorithms.RsaSsaPssSha256 : SecurityAlgorithms.RsaSha256));
    }

    /// <summary>The same claims with another header and this signature.</summary>
    public static string Forged(string header, string signature)
    {
        var parts = Token().Split('.');
        return $"{Base64UrlEncoder.Encode(header)}.{parts[1]}.{signature}";
    }

    /// <summary>Signed with HMAC, using the public key as secret: the classic confusion of algorithms.</summary>
    public static string SignedWithThePublicKey()
    {
        var secret = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = Key.KeyId };
        var claims = Base64UrlEncoder.Decode(Token().Split('.')[1]);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(claims, new SigningCredentials(secret, SecurityAlgorithms.HmacSha256));
    }

    /// <summary>True to make every request fail.</summary>
    public bool IsDown { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown) throw new HttpRequestException("Connection refused.");
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

    private static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };
}
