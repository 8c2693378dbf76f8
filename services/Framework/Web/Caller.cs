using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web;

/// <summary>The caller, from the verified token.</summary>
/// <param name="Issuer">The issuer of the token.</param>
/// <param name="Email">The token's address if it is verified, or null.</param>
public sealed record Caller(
    Actor Actor,
    string Issuer,
    string? Email)
{
    /// <summary>The claim with a user's groups in Cognito. The local issuer uses the same.</summary>
    public const string GroupsClaim = "cognito:groups";

    /// <summary>
    /// The one role that a token acts in, or null when it has none of the domain's. An operator acts as one, whatever
    /// other roles the token has. Otherwise the first of the domain's roles counts.
    /// </summary>
    public static string? RoleOf(ClaimsPrincipal user, Domain domain) => user.HasClaim(GroupsClaim, Actor.Operator)
        ? Actor.Operator
        : domain.Roles.FirstOrDefault(role => user.HasClaim(GroupsClaim, role));

    /// <exception cref="InvalidOperationException">The token was not checked by <see cref="TokenAuthentication"/>.</exception>
    public static Caller Of(HttpContext http)
    {
        var user = http.User;
        var subject = user.FindFirst("sub") ?? throw new InvalidOperationException("The token names no subject.");
        var role = RoleOf(user, http.RequestServices.GetRequiredService<Domain>()) ?? throw new InvalidOperationException("The token gives no role.");
        return new Caller(new Actor(subject.Value, role), subject.Issuer, ProvenEmail(user));
    }

    // Only a verified address counts. Otherwise anyone could have mails sent to anyone. Issuers that verify all
    // addresses omit the claim.
    private static string? ProvenEmail(ClaimsPrincipal user) =>
        string.Equals(user.FindFirst("email_verified")?.Value, "false", StringComparison.OrdinalIgnoreCase) ? null : user.FindFirst("email")?.Value;
}
