using System.Globalization;
using Microsoft.AspNetCore.Http;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// CORS as an HTTP API implements it. Preflights never reach a service, and the gateway replaces a service's CORS
/// headers
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
/// </summary>
internal sealed class Cors(
    IReadOnlyList<string> origins,
    EdgeRules rules)
{
    private const string Methods = "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS";

    private readonly string _requestHeaders = string.Join(',', rules.BrowserRequestHeaders);
    private readonly string _responseHeaders = string.Join(',', rules.BrowserResponseHeaders);
    private readonly string _maxAgeSeconds = rules.BrowserRulesLive.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    public bool IsOn => origins.Count > 0;

    /// <summary>Responds with 204 whether the origin is allowed or not; the headers tell the browser.</summary>
    public void AnswerPreflight(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        if (!Allows(http.Request.Headers.Origin.ToString()) || http.Request.Headers.AccessControlRequestMethod.Count == 0)
            return;
        http.Response.Headers.AccessControlAllowMethods = Methods;
        http.Response.Headers.AccessControlAllowHeaders = _requestHeaders;
        http.Response.Headers.AccessControlMaxAge = _maxAgeSeconds;
    }

    /// <summary>Sets the CORS headers. Call it just before the headers are sent.</summary>
    public void Sign(HttpContext http)
    {
        var headers = http.Response.Headers;
        var origin = http.Request.Headers.Origin.ToString();
        if (!IsOn || origin.Length == 0)
            return;
        headers.Remove("Access-Control-Allow-Origin");
        headers.Remove("Access-Control-Allow-Credentials");
        headers.Remove("Access-Control-Expose-Headers");
        if (!Allows(origin))
            return;
        headers.AccessControlAllowOrigin = origins.Contains("*") ? "*" : origin;
        headers.AccessControlExposeHeaders = _responseHeaders;
        if (!origins.Contains("*"))
            headers.Append("Vary", "Origin");
    }

    private bool Allows(string origin) => origin.Length > 0 && (origins.Contains("*") || origins.Contains(origin, StringComparer.OrdinalIgnoreCase));
}
