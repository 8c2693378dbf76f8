using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web;

/// <summary>
/// Accepts bearer tokens of one issuer, whose discovery document has the keys. A token that is not signed by one of
/// them with RS256, has expired, or is for another audience gets 401.
/// </summary>
public static class TokenAuthentication
{
    /// <summary>The policy of every route for people: a valid token with one of the domain's roles.</summary>
    public const string AnyRole = nameof(AnyRole);

    public static IServiceCollection AddTokenAuthentication(this IServiceCollection services, TokenSettings settings, Domain domain)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = settings.Issuer;
            // The issuer on a developer's machine has no certificate.
            options.RequireHttpsMetadata = settings.Issuer.StartsWith("https:", StringComparison.Ordinal);
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = settings.Issuer,
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                AudienceValidator = (audiences, token, _) => AccessTokens.IsFor(settings.Audience, audiences, token),
                RoleClaimType = Caller.GroupsClaim,
                NameClaimType = "sub",
                ClockSkew = TimeSpan.FromSeconds(30),
                // Uses the service's clock, while the library would use the machine's.
                LifetimeValidator = (from, until, _, rules) => IsInTime(from, until, rules.ClockSkew, options.TimeProvider!.GetUtcNow().UtcDateTime),
            };
            options.Events = new JwtBearerEvents { OnTokenValidated = RefuseOthers, OnAuthenticationFailed = OwnUpToAnUnreachableIssuer };
        });
        services.AddSingleton<BearerTokens>();
        services.AddAuthorizationBuilder().AddPolicy(AnyRole, policy => policy
            .RequireAuthenticatedUser()
            .RequireAssertion(context => Caller.RoleOf(context.User, domain) is not null));
        return services;
    }

    // A token without an expiry is invalid.
    private static bool IsInTime(DateTime? from, DateTime? until, TimeSpan skew, DateTime now) => now < until + skew && !(from > now + skew);

    // Without the issuer's keys the token cannot be checked, which is not the caller's fault.
    private static async Task OwnUpToAnUnreachableIssuer(AuthenticationFailedContext context)
    {
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException e)
        {
            throw new BadHttpRequestException("The issuer's keys cannot be read.", StatusCodes.Status503ServiceUnavailable, e);
        }
    }

    /// <summary>Why a validated token is refused; null when it is accepted.</summary>
    internal static string? Refusal(ClaimsPrincipal? user) =>
        !AccessTokens.IsAccess(user) ? "The token is not an access token."
        // A subject becomes part of stream ids and partition keys.
        : !Subject.IsValid(user?.FindFirst("sub")?.Value ?? "") ? "The token's subject has an unsupported form."
        : null;

    private static Task RefuseOthers(TokenValidatedContext context)
    {
        if (Refusal(context.Principal) is { } reason) context.Fail(reason);
        return Task.CompletedTask;
    }
}
