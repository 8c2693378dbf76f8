using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using ServerlessCqrs.LocalRuntime.Gateway;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>
/// Replaces Cognito on this machine: discovery, keys, a sign-in page with code and PKCE, and <c>POST /token</c>, which
/// gives any caller a token for any user. It therefore listens only on 127.0.0.1.
/// </summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    private const long LargestForm = 16 * 1024;
    private static readonly string[] ResponseTypes = ["code"];
    private static readonly string[] GrantTypes = ["authorization_code"];
    private static readonly string[] ChallengeMethods = ["S256"];
    private static readonly string[] SubjectTypes = ["public"];
    private static readonly string[] Algorithms = ["RS256"];
    private readonly IdentityOptions _options;
    private readonly WebApplication _app;
    private readonly HashSet<string> _pages;
    private readonly SignIns _signIns;
    private TokenIssuer? _tokens;

    private IdentityProvider(IdentityOptions options, WebApplication app, HashSet<string> pages, TimeProvider clock) =>
        (_options, _app, _pages, _signIns) = (options, app, pages, new SignIns(clock));

    public Uri Url => LoopbackServer.UrlOf(_app);

    /// <summary>The issuer in tokens and settings.</summary>
    public string Issuer => _tokens!.Issuer;

    public static async Task<IdentityProvider> StartAsync(IdentityOptions options, TimeProvider clock, ILoggerFactory logs, CancellationToken ct)
    {
        var pages = options.Callbacks.Select(callback => new Uri(callback).GetLeftPart(UriPartial.Authority)).ToHashSet();
        var app = LoopbackServer.Builder(options.Port, LargestForm, logs, takesOtherOrigins: request => IsOfPage(request, pages)).Build();
        var provider = new IdentityProvider(options, app, pages, clock);
        provider.Map();
        await provider._app.StartAsync(ct);
        var key = IdentityKey.LoadOrCreate(Path.Combine(Directory.CreateDirectory(options.DataFolder).FullName, "identity-key.pem"));
        provider._tokens = new TokenIssuer(key, provider.Url.ToString().TrimEnd('/'), options.Audience, options.Groups, clock);
        return provider;
    }

    /// <summary>Issues a token as <c>POST /token</c> does.</summary>
    public string Issue(TokenRequest request) => _tokens!.Issue(request);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>
    /// Whether the request is allowed across origins. A page reads discovery and exchanges its code across origins, and
    /// a person can come to the sign-in page from any site. A page gets no token without a code: the plain form is for
    /// programs.
    /// </summary>
    private static bool IsOfPage(HttpRequest request, HashSet<string> pages) => request.Path.Value switch
    {
        "/authorize" => HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate",
        "/token" or "/.well-known/openid-configuration" => pages.Contains(request.Headers.Origin.ToString()),
        _ => false,
    };

    private void Map()
    {
        _app.Use((http, next) =>
        {
            if (http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && _pages.Contains(origin))
                (http.Response.Headers.AccessControlAllowOrigin, http.Response.Headers.Vary) = (origin, "Origin");
            return next(http);
        });
        _app.MapGet("/authorize", http => ReadSignIn(name => http.Request.Query[name]) is var (asked, fault) && asked is not null
            ? SignInPage.WriteAsync(http, _options, asked)
            : SignInPage.RefuseAsync(http, fault!));
        _app.MapPost("/authorize", AuthorizeAsync);
        _app.MapGet("/.well-known/openid-configuration", http => http.Response.WriteAsJsonAsync(new
        {
            issuer = Issuer,
            jwks_uri = $"{Issuer}/.well-known/jwks.json",
            authorization_endpoint = $"{Issuer}/authorize",
            token_endpoint = $"{Issuer}/token",
            response_types_supported = ResponseTypes,
            grant_types_supported = GrantTypes,
            code_challenge_methods_supported = ChallengeMethods,
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
            await RefuseAsync(http, $"send a form with sub and email, and with group for a role other than {_options.Groups.Default}");
            return;
        }

        if (form["grant_type"] == "authorization_code")
        {
            await TradeAsync(http, form);
            return;
        }

        if (http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != Issuer)
        {
            await RefuseAsync(http, "a page needs a code: use grant_type=authorization_code");
            return;
        }

        // As in the deployed user pool, a user without a group gets the default one.
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

    /// <summary>Returns a page's sign-in request, or its fault.</summary>
    private (SignInRequest? Asked, string? Fault) ReadSignIn(Func<string, string?> field)
    {
        var redirect = field("redirect_uri") ?? "";
        return (field("client_id"), field("response_type"), field("code_challenge_method"), field("code_challenge")) switch
        {
            _ when !_options.Callbacks.Contains(redirect) => (null, "redirect_uri must be the callback of a page of this stack."),
            (var client, _, _, _) when client != _options.Audience => (null, $"client_id must be {_options.Audience}."),
            (_, not "code", _, _) => (null, "response_type must be code."),
            (_, _, not "S256", _) or (_, _, _, not { Length: 43 }) => (null, "Send a code_challenge with the method S256."),
            (_, _, _, var challenge) => (new SignInRequest(redirect, challenge, field("state"), field("nonce")), null),
        };
    }

    private async Task AuthorizeAsync(HttpContext http)
    {
        var form = await ReadFormAsync(http.Request);
        var (asked, fault) = ReadSignIn(name => form?[name]);
        var who = new TokenRequest(form?["sub"].ToString() ?? "", form?["email"].ToString() ?? "", form?["group"].ToString() ?? "");
        if (asked is null || (fault = who.FaultFor(_options.Groups)) is not null)
        {
            await SignInPage.RefuseAsync(http, fault!);
            return;
        }

        var answer = new QueryBuilder { { "code", _signIns.Begin(asked, who) } };
        if (asked.State is { } state) answer.Add("state", state);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = asked.RedirectUri + answer;
    }

    private async Task TradeAsync(HttpContext http, IFormCollection form)
    {
        if (_signIns.Complete(form["code"].ToString(), form["redirect_uri"].ToString(), form["code_verifier"].ToString()) is not var (who, nonce))
        {
            await RefuseAsync(http, "the code is unknown, used or too old, or it belongs to another page", "invalid_grant");
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new
        {
            access_token = Issue(who),
            id_token = _tokens!.IssueId(who, nonce),
            token_type = "Bearer",
            expires_in = (int)TokenIssuer.Lifetime.TotalSeconds,
            scope = "openid email",
        });
    }

    /// <summary>Returns the form; null if the body is no form, has a null character, or has too many fields.</summary>
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

    /// <summary>Sends an OAuth error (RFC 6749, section 5.2).</summary>
    private static Task RefuseAsync(HttpContext http, string reason, string error = "invalid_request")
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsJsonAsync(new { error, error_description = reason });
    }
}
