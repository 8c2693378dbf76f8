using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>Signs access tokens (RS256) with the claims that Cognito gives, and <c>email</c> and <c>aud</c> besides.</summary>
public sealed class TokenIssuer(
    RsaSecurityKey key,
    string issuer,
    TimeProvider clock)
{
    /// <summary>The client that tokens are for.</summary>
    public const string Audience = "shop-local";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(12);

    public string Issuer => issuer;

    public RsaSecurityKey Key => key;

    /// <exception cref="ArgumentException">The request has a fault.</exception>
    public string Issue(TokenRequest request)
    {
        if (request.Fault is { } fault)
            throw new ArgumentException(fault, nameof(request));
        var now = clock.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = request.Subject,
                ["email"] = request.Email,
                ["cognito:groups"] = new[] { request.Group },
                ["client_id"] = Audience,
                ["token_use"] = "access",
            },
        });
    }
}
