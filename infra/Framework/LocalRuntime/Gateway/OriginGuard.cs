using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// Protects a local server from web pages. A page can reach it under the page's own host name if that resolves to
/// 127.0.0.1 (DNS rebinding), so the <c>Host</c> must be the server's. A page can also call across origins, which its
/// browser reports in <c>Origin</c> or <c>Sec-Fetch-Site</c>. Emulators/loopback.cjs and
/// Emulators/LoopbackDynamoDb.java have the same rules.
/// </summary>
/// <param name="takesOtherOrigins">Requests for which the server has its own rules: the guard checks only their
/// <c>Host</c>.</param>
internal sealed class OriginGuard(Func<HttpRequest, bool> takesOtherOrigins) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, following) => Allows(http.Request) ? following(http) : RefuseAsync(http));
        next(app);
    };

    internal static bool IsOurs(HostString host) => host.Host is "127.0.0.1" or "localhost" or "[::1]";

    private bool Allows(HttpRequest request) =>
        IsOurs(request.Host)
        && (IsOfNoPage(request) || takesOtherOrigins(request));

    private static bool IsOfNoPage(HttpRequest request) =>
        (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"http://{request.Host}")
        && (request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none");

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync("Only programs of this machine get an answer, at 127.0.0.1 or localhost. Web pages of other origins do not.\n", http.RequestAborted);
    }
}
