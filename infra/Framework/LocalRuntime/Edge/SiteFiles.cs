using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>
/// Plays the page's S3 bucket behind CloudFront: built files with their headers, and 404 for every unknown path.
/// </summary>
/// <param name="folder">The built files. Each request reads them, so a new build shows at once.</param>
/// <param name="identity">The issuer for sign-ins.</param>
/// <param name="clientId">The page's client id at the issuer.</param>
public sealed class SiteFiles(
    StaticSite site,
    string folder,
    string identity,
    string clientId)
{
    private const string NoRoute = "There is no such route. An id is a UUID in lower case with dashes, as in 6579c22f-be2b-444c-a52b-0116dd82df6c.";
    private const string ReadOnly = "The page can only be read. Use GET or HEAD.";
    private const string NoFile = "The page has no such file. Reload the page.";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
    };

    private readonly byte[] _configuration = JsonSerializer.SerializeToUtf8Bytes(new { issuer = identity, clientId });
    private readonly string _policy = StaticSite.ContentSecurityPolicy([new Uri(identity).GetLeftPart(UriPartial.Authority)]);

    /// <summary>Whether this path belongs to the gateway.</summary>
    public bool IsApi(HttpRequest request) => site.IsApi(request.Path.Value!);

    internal OriginAnswer Answer(HttpRequest request)
    {
        var path = request.Path.Value!;
        if (!site.IsRoute(path) && !site.IsFile(path))
            return Problem(request, StatusCodes.Status404NotFound, "Not Found", "route_not_found", NoRoute);
        if (!RouteRules.IsRead(request.Method))
            return Problem(request, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed", "method_not_allowed", ReadOnly);
        var name = site.IsRoute(path) ? StaticSite.Index : path;
        return Read(name) is { } body
            ? File(name, body)
            : Problem(request, StatusCodes.Status404NotFound, "Not Found", "file_not_found", NoFile);
    }

    private byte[]? Read(string name)
    {
        if (name == StaticSite.Configuration) return _configuration;
        var file = Path.GetFullPath(Path.Combine(folder, name[1..]));
        var isInside = file.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isInside && System.IO.File.Exists(file) ? System.IO.File.ReadAllBytes(file) : null;
    }

    private OriginAnswer File(string name, byte[] body) => new(
        StatusCodes.Status200OK,
        [
            new("Content-Type", Types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream")),
            new("Cache-Control", IsHashed(name) ? StaticSite.HashedLife : StaticSite.NamedLife),
            new("ETag", $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\""),
            new("Content-Security-Policy", _policy),
            .. Security,
        ],
        body);

    private static bool IsHashed(string name) => name.StartsWith(StaticSite.HashedFiles.TrimEnd('*'), StringComparison.Ordinal);

    private static OriginAnswer Problem(HttpRequest request, int status, string title, string code, string detail) => new(
        status,
        [
            new("Content-Type", "application/problem+json"),
            new("Cache-Control", "no-store"),
            new("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            .. Security,
        ],
        JsonSerializer.SerializeToUtf8Bytes(new { type = $"/docs/problems/{code}", title, status, detail, code, traceId = request.HttpContext.TraceIdentifier }));

    private static IEnumerable<KeyValuePair<string, string>> Security =>
        [new("X-Content-Type-Options", "nosniff"), new("X-Frame-Options", "DENY"), new("Referrer-Policy", "no-referrer")];
}
