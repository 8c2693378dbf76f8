using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// The JWT authorizer of an HTTP API. It checks RS256, issuer, audience and times, with the keys from the issuer's
/// discovery (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html). It reads
/// <c>client_id</c> only if there is no <c>aud</c> (…/http-api-troubleshooting-jwt.html). It never reads
/// <c>token_use</c>: the services check that.
/// </summary>
internal sealed class TokenCheck(
    string issuer,
    string audience)
{
    private const string Scheme = "Bearer ";
    private static readonly JsonWebTokenHandler Handler = new();

    private readonly ConfigurationManager<OpenIdConnectConfiguration> _discovery = new(
        $"{issuer}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever { RequireHttps = false });

    public async Task<bool> PassesAsync(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var discovered = await _discovery.GetConfigurationAsync(request.HttpContext.RequestAborted);
        var result = await Handler.ValidateTokenAsync(header[Scheme.Length..].Trim(), Rules(discovered.SigningKeys));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            _discovery.RequestRefresh();
        return result.IsValid;
    }

    private TokenValidationParameters Rules(IEnumerable<SecurityKey> keys) => new()
    {
        ValidIssuer = issuer,
        IssuerSigningKeys = keys,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TimeSpan.Zero,
        AudienceValidator = (audiences, token, _) => audiences.Any()
            ? audiences.Contains(audience)
            : token is JsonWebToken jwt && !jwt.TryGetPayloadValue<object>("aud", out object? _) && jwt.TryGetPayloadValue<string>("client_id", out var client) && client == audience,
    };
}
