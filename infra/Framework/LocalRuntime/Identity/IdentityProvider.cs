using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.LocalRuntime.Gateway;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>
/// Stands in for Cognito: discovery, keys, and <c>POST /token</c>, which gives anyone a token for anybody. Only for this machine, so it
/// listens on 127.0.0.1 alone.
/// </summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    private const long LargestForm = 16 * 1024;
    private static readonly string[] ResponseTypes = ["token"];
    private static readonly string[] SubjectTypes = ["public"];
    private static readonly string[] Algorithms = ["RS256"];
    private readonly IdentityOptions _options;
    private readonly WebApplication _app;
    private TokenIssuer? _tokens;

    private IdentityProvider(IdentityOptions options, WebApplication app) => (_options, _app) = (options, app);

    public Uri Url => LoopbackServer.UrlOf(_app);

    /// <summary>As tokens name it and settings hold it.</summary>
    public string Issuer => _tokens!.Issuer;

    public static async Task<IdentityProvider> StartAsync(IdentityOptions options, TimeProvider clock, ILoggerFactory logs, CancellationToken ct)
    {
        var provider = new IdentityProvider(options, LoopbackServer.Builder(options.Port, LargestForm, logs).Build());
        provider.Map();
        await provider._app.StartAsync(ct);
        var key = IdentityKey.LoadOrCreate(Path.Combine(Directory.CreateDirectory(options.DataFolder).FullName, "identity-key.pem"));
        provider._tokens = new TokenIssuer(key, provider.Url.ToString().TrimEnd('/'), options.Audience, options.Groups, clock);
        return provider;
    }

    /// <summary>The same as <c>POST /token</c>.</summary>
    public string Issue(TokenRequest request) => _tokens!.Issue(request);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", http => http.Response.WriteAsJsonAsync(new
        {
            issuer = Issuer,
            jwks_uri = $"{Issuer}/.well-known/jwks.json",
            token_endpoint = $"{Issuer}/token",
            response_types_supported = ResponseTypes,
            subject_types_supported = SubjectTypes,
            id_token_signing_alg_values_supported = Algorithms,
        }));
        _app.MapGet("/.well-known/jwks.json", http => http.Response.WriteAsJsonAsync(new { keys = new[] { PublicKey() } }));
        _app.MapPost("/token", TokenAsync);
    }

    private object PublicKey()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_tokens!.Key.Rsa.ExportParameters(includePrivateParameters: false)));
        return new { kty = key.Kty, use = "sig", alg = "RS256", kid = _tokens.Key.KeyId, n = key.N, e = key.E };
    }

    private async Task TokenAsync(HttpContext http)
    {
        if (await ReadFormAsync(http.Request) is not { } form)
        {
            await RefuseAsync(http, $"send a form with sub, email and, for another role than {_options.Groups.Default}, group");
            return;
        }

        // As in the deployed user pool, a user in no group has the default one.
        var group = form["group"].ToString() is { Length: > 0 } named ? named : _options.Groups.Default;
        var request = new TokenRequest(form["sub"].ToString(), form["email"].ToString(), group);
        if (request.FaultFor(_options.Groups) is { } fault)
        {
            await RefuseAsync(http, fault);
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new
        {
            access_token = Issue(request),
            token_type = "Bearer",
            expires_in = (int)TokenIssuer.Lifetime.TotalSeconds,
        });
    }

    /// <summary>The form; null where the body is none, has a null character, or has too many fields.</summary>
    private static async Task<IFormCollection?> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : null;
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The form of an OAuth error (RFC 6749, section 5.2).</summary>
    private static Task RefuseAsync(HttpContext http, string reason)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = reason });
    }
}
