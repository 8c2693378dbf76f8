using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.Web;

/// <summary>
/// Which tokens are access tokens for us. A token with <c>aud</c> must name us there, whatever <c>client_id</c> it has; a token without <c>aud</c>, as Cognito's access tokens are, must have us as its <c>client_id</c>.
/// API Gateway's JWT authorizer has the same rule: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html.
/// It does not look at <c>token_use</c>, which Cognito sets to <c>access</c> or <c>id</c> and tells APIs to check:
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html.
/// </summary>
internal static class AccessTokens
{
    /// <summary>An <see cref="AudienceValidator"/> for one audience.</summary>
    public static bool IsFor(string audience, IEnumerable<string>? audiences, SecurityToken token) => audiences is not null && audiences.Any()
        ? audiences.Contains(audience, StringComparer.Ordinal)
        : token is JsonWebToken jwt && !jwt.TryGetPayloadValue<object>("aud", out _) && jwt.TryGetPayloadValue<string>("client_id", out var client) && client == audience;

    /// <summary>False for a token that says it is another kind, as ID and refresh tokens do. Issuers other than Cognito leave the claim out.</summary>
    public static bool IsAccess(ClaimsPrincipal? user) => user?.FindAll("token_use").All(use => use.Value == "access") is true;
}
