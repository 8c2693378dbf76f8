using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.WebConsole.Serving;

/// <summary>
/// Keeps other web pages and other users of this machine away from the console.
/// A page can reach 127.0.0.1 under a name of its own (DNS rebinding), so <c>Host</c> must be ours.
/// A page can send requests across origins, so <c>Origin</c> and <c>Sec-Fetch-Site</c> must be ours, and a change must have an <c>Origin</c>.
/// Another user's program can send any header, so every request for data needs the token.
/// No form and no image can set the token's header.
/// </summary>
internal sealed class RequestGuard(string token)
{
    /// <summary>Another origin cannot set this header without a preflight, which the console refuses.</summary>
    public const string TokenHeader = "Console-Token";

    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        SetHeaders(http.Response.Headers);
        var request = http.Request;
        if (!IsOurHost(request.Host)) return RefuseAsync(http, StatusCodes.Status403Forbidden, "Open the console at 127.0.0.1, under the URL that the terminal printed.");
        if (!IsOfOurPage(request)) return RefuseAsync(http, StatusCodes.Status403Forbidden, "Only the console's own page may call it.");
        if (request.Path.StartsWithSegments("/api") && !HasToken(request)) return RefuseAsync(http, StatusCodes.Status401Unauthorized, "The token is missing or old. Open the URL that the terminal printed.");
        return next(http);
    }

    private static bool IsOurHost(HostString host) => host.Host is "127.0.0.1" or "localhost";

    private static bool IsOfOurPage(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (origin.Count == 0 ? !isRead : origin != $"http://{request.Host}") return false;
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    private bool HasToken(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), _token);

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static Task RefuseAsync(HttpContext http, int status, string error)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new ErrorAnswer(error), http.RequestAborted);
    }
}

/// <summary>Why a request was not answered, for a person.</summary>
internal sealed record ErrorAnswer(string Error);
