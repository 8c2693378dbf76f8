using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>Echoes the request as it understood it, in the way that the request's x-answer header selects.</summary>
internal static class EchoApp
{
    /// <summary>Every way of answering.</summary>
    public static IReadOnlyList<string> Ways { get; } =
    [
        "echo", "binary", "empty", "status-404", "status-204", "status-304", "json", "latin1", "many-headers", "cookies", "redirect", "flush-first",
        "pipe-then-stream", "sync-pipe", "on-starting", "throw", "throw-late-header", "bad-request", "compressed", "large", "start-then-header",
    ];

    public static void Map(WebApplication app) => app.Run(AnswerAsync);

    private static async Task AnswerAsync(HttpContext http)
    {
        var response = http.Response;
        switch (http.Request.Headers["x-answer"].ToString())
        {
            case "binary":
                response.ContentType = "application/octet-stream";
                await response.Body.WriteAsync(new byte[] { 0, 255, 254, 1 });
                break;
            case "empty":
                break;
            case "status-404":
                response.StatusCode = 404;
                await response.WriteAsync("nothing here");
                break;
            case "status-204":
                response.StatusCode = 204;
                break;
            case "status-304":
                response.StatusCode = 304;
                response.Headers.ETag = "\"7\"";
                break;
            case "json":
                await response.WriteAsJsonAsync(await DescribeAsync(http));
                break;
            case "latin1":
                response.ContentType = "text/plain; charset=iso-8859-1";
                await response.Body.WriteAsync(Encoding.Latin1.GetBytes("café"));
                break;
            case "many-headers":
                response.Headers.Append("x-many", "one");
                response.Headers.Append("x-many", "two");
                response.Headers.Vary = new(["Accept", "Origin"]);
                response.Headers["x-empty"] = "";
                break;
            case "cookies":
                response.Cookies.Append("a", "1");
                response.Cookies.Append("b", "x y", new() { HttpOnly = true, Expires = DateTimeOffset.UnixEpoch });
                break;
            case "redirect":
                response.Redirect("/elsewhere?x=%20");
                break;
            case "flush-first":
                await response.Body.FlushAsync();
                await response.WriteAsync($"started: {response.HasStarted}");
                break;
            case "pipe-then-stream":
                response.BodyWriter.Write("pipe "u8);
                await response.Body.WriteAsync("stream"u8.ToArray());
                break;
            case "sync-pipe":
                response.BodyWriter.Write("not flushed"u8);
                break;
            case "on-starting":
                response.OnStarting(() =>
                {
                    response.Headers["x-starting"] = $"{response.HasStarted}";
                    return Task.CompletedTask;
                });
                await response.WriteAsync($"started: {response.HasStarted}");
                break;
            case "throw":
                response.Headers["x-lost"] = "1";
                throw new InvalidOperationException("wrong");
            case "throw-late-header":
                response.OnStarting(() => throw new InvalidOperationException("wrong"));
                break;
            case "bad-request":
                throw new BadHttpRequestException("no", 418);
            case "compressed":
                response.ContentType = "text/plain";
                response.Headers.ContentEncoding = "br";
                await response.Body.WriteAsync("not really"u8.ToArray());
                break;
            case "large":
                response.ContentType = "text/plain";
                for (var i = 0; i < 100; i++) await response.WriteAsync(new string((char)('a' + i % 26), 1000));
                break;
            case "start-then-header":
                await response.StartAsync();
                await response.WriteAsync(Try(() => response.StatusCode = 500) + Try(() => response.Headers["x-late"] = "1"));
                break;
            default:
                await response.WriteAsync(await DescribeAsync(http));
                break;
        }
    }

    private static string Try(Action act)
    {
        try
        {
            act();
            return "done";
        }
        catch (InvalidOperationException)
        {
            return "refused";
        }
    }

    private static async Task<string> DescribeAsync(HttpContext http)
    {
        var request = http.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        // Lists may have a space after the comma.
        var headers = request.Headers
            .Where(h => h.Key.ToLowerInvariant() is not ("host" or "x-forwarded-proto" or "content-length" or "transfer-encoding" or "connection" or "cookie"))
            .OrderBy(h => h.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .Select(h => $"{h.Key.ToLowerInvariant()}={string.Join(',', h.Value.ToArray()).Replace(", ", ",", StringComparison.Ordinal)}");
        var query = request.Query.OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}={q.Value}");
        var cookies = request.Cookies.Select(c => $"{c.Key}={c.Value}");
        return $"""
            {request.Method} {request.Scheme} base={request.PathBase} path={request.Path} query={request.QueryString}
            host={request.Host} protocol={request.Protocol} from={http.Connection.RemoteIpAddress}
            {string.Join('|', headers)} / {string.Join('|', query)} / {string.Join('|', cookies)}
            length={request.ContentLength} can={http.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody}
            {Convert.ToHexString(body.ToArray())}
            """;
    }
}
