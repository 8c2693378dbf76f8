using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>
/// Signs access tokens (RS256) with Cognito's claims and the additional claims <c>email</c> and <c>aud</c>.
/// </summary>
/// <param name="audience">The client id in the tokens.</param>
public sealed class TokenIssuer(
    RsaSecurityKey key,
    string issuer,
    string audience,
    UserGroups groups,
    TimeProvider clock)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(12);

    public string Issuer => issuer;

    public RsaSecurityKey Key => key;

    /// <exception cref="ArgumentException">The request has a fault.</exception>
    public string Issue(TokenRequest request) => Sign(request, new() { ["client_id"] = audience, ["token_use"] = "access" });

    /// <summary>Issues an id token (OpenID Connect Core, section 2), which tells the page who signed in.</summary>
    /// <param name="nonce">The nonce of the sign-in; null for none.</param>
    public string IssueId(TokenRequest request, string? nonce)
    {
        var claims = new Dictionary<string, object> { ["token_use"] = "id" };
        if (nonce is not null) claims["nonce"] = nonce;
        return Sign(request, claims);
    }

    private string Sign(TokenRequest request, Dictionary<string, object> claims)
    {
        if (request.FaultFor(groups) is { } fault)
            throw new ArgumentException(fault, nameof(request));
        var now = clock.GetUtcNow();
        claims["sub"] = request.Subject;
        claims["email"] = request.Email;
        claims["cognito:groups"] = new[] { request.Group };
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            Claims = claims,
        });
    }
}
