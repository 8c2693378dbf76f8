using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.Web;

/// <summary>
/// Checks a token that came outside of a request's headers, by the very options that <see cref="TokenAuthentication"/> gives
/// to requests.
/// </summary>
public sealed class BearerTokens(IOptionsMonitor<JwtBearerOptions> monitor)
{
    /// <summary>The subject of an access token of ours; null for any other text.</summary>
    /// <exception cref="InvalidOperationException">The issuer's keys cannot be read.</exception>
    public async Task<string?> SubjectOfAsync(string token, CancellationToken ct)
    {
        var options = monitor.Get(JwtBearerDefaults.AuthenticationScheme);
        var rules = options.TokenValidationParameters.Clone();
        // The library reads the keys where it needs them, and calls a failure of that an invalid token.
        var issuer = await options.ConfigurationManager!.GetConfigurationAsync(ct);
        rules.IssuerSigningKeys = issuer.SigningKeys;
        foreach (var handler in options.TokenHandlers)
        {
            var result = await handler.ValidateTokenAsync(token, rules);
            if (result.IsValid && TokenAuthentication.Refusal(new(result.ClaimsIdentity)) is null) return result.ClaimsIdentity.FindFirst("sub")!.Value;
            // The issuer may have changed its keys.
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException) options.ConfigurationManager.RequestRefresh();
        }

        return null;
    }
}
