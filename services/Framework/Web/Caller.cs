using System.Security.Claims;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Http;

/// <summary>Who calls, as the verified token says.</summary>
/// <param name="Issuer">Who says so.</param>
/// <param name="Email">The address, where the token has one that its owner has proven; null otherwise.</param>
public sealed record Caller(
    Actor Actor,
    string Issuer,
    string? Email)
{
    /// <summary>The claim that Cognito puts a user's groups in; the local issuer does the same.</summary>
    public const string GroupsClaim = "cognito:groups";

    // Who runs the shop acts as that, whatever else they are.
    private static readonly string[] ByRank = [Actor.Operator, ShopRoles.Seller, ShopRoles.Customer];

    /// <summary>The one role a token acts in, or null where it has none of ours.</summary>
    public static string? RoleOf(ClaimsPrincipal user) => ByRank.FirstOrDefault(role => user.HasClaim(GroupsClaim, role));

    /// <exception cref="InvalidOperationException">The token was not checked by <see cref="TokenAuthentication"/>.</exception>
    public static Caller Of(ClaimsPrincipal user)
    {
        var subject = user.FindFirst("sub") ?? throw new InvalidOperationException("The token names no subject.");
        var role = RoleOf(user) ?? throw new InvalidOperationException("The token gives no role.");
        return new Caller(new Actor(subject.Value, role), subject.Issuer, ProvenEmail(user));
    }

    // Only an address that was proven: or anyone could have mail sent to anyone. Issuers that prove all leave the claim out.
    private static string? ProvenEmail(ClaimsPrincipal user) =>
        string.Equals(user.FindFirst("email_verified")?.Value, "false", StringComparison.OrdinalIgnoreCase) ? null : user.FindFirst("email")?.Value;
}
