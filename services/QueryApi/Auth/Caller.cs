using System.Security.Claims;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi.Auth;

/// <summary>Who calls, as the verified token says.</summary>
public static class Caller
{
    /// <summary>The claim that Cognito puts a user's groups in; the local issuer does the same.</summary>
    public const string GroupsClaim = "cognito:groups";

    // Who runs the shop acts as that, whatever else they are.
    private static readonly string[] ByRank = [Actor.Operator, Actor.Seller, Actor.Customer];

    /// <summary>The one role a token acts in, or null where it has none of ours.</summary>
    public static string? RoleOf(ClaimsPrincipal user) => ByRank.FirstOrDefault(role => user.HasClaim(GroupsClaim, role));

    /// <exception cref="InvalidOperationException">The token was not checked by <see cref="TokenAuthentication"/>.</exception>
    public static Actor Of(ClaimsPrincipal user) => new(
        user.FindFirst("sub")?.Value ?? throw new InvalidOperationException("The token names no subject."),
        RoleOf(user) ?? throw new InvalidOperationException("The token gives no role."));
}
