using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.Web;

/// <summary>
/// Decides which tokens are access tokens for this service. A token with <c>aud</c> must name the service there,
/// whatever its <c>client_id</c>. A token without <c>aud</c>, like Cognito's access tokens, must name the service's
/// <c>client_id</c>. API Gateway's JWT authorizer has the same rule:
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html. It ignores
/// <c>token_use</c>, which Cognito sets to <c>access</c> or <c>id</c>, and which APIs should check:
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html.
/// </summary>
internal static class AccessTokens
{
    /// <summary>An <see cref="AudienceValidator"/> for one audience.</summary>
    public static bool IsFor(string audience, IEnumerable<string>? audiences, SecurityToken token) => audiences is not null && audiences.Any()
        ? audiences.Contains(audience, StringComparer.Ordinal)
        : token is JsonWebToken jwt && !jwt.TryGetPayloadValue<object>("aud", out _) && jwt.TryGetPayloadValue<string>("client_id", out var client) && client == audience;

    /// <summary>
    /// Returns false for a token that declares another kind, like ID and refresh tokens. Issuers other than Cognito
    /// omit the claim.
    /// </summary>
    public static bool IsAccess(ClaimsPrincipal? user) => user?.FindAll("token_use").All(use => use.Value == "access") is true;
}
