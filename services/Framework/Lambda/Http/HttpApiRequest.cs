using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// Reads an event of an API Gateway HTTP API, payload format 2.0
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html). It ignores
/// the authorizer's claims, because the services validate tokens themselves.
/// </summary>
internal static class HttpApiRequest
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <exception cref="BadHttpRequestException">Kestrel would not accept the request. Other exceptions of reading JSON
    /// mean the same.</exception>
    public static FeatureCollection Read(JsonElement e, InvocationContext invocation, long? maxBodyBytes, CancellationToken aborted)
    {
        var context = e.GetProperty("requestContext");
        var http = context.GetProperty("http");
        var method = Text(http, "method") is { } named && IsToken(named) ? named : throw new BadHttpRequestException("The request has no method, or it is no token.");
        var body = ReadBody(e);
        var headers = ReadHeaders(e, context, method, body.Length);
        var path = RequestPath.Of(Text(e, "rawPath") ?? "/", Text(context, "stage"));
        var query = Text(e, "rawQueryString") is { Length: > 0 } q ? "?" + q : "";
        if (query.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new BadHttpRequestException("The query string has a character that must be escaped.");
        var bodyStream = new RequestBody(body, maxBodyBytes);

        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = method,
            Protocol = Text(http, "protocol") ?? "HTTP/1.1",
            Scheme = headers["X-Forwarded-Proto"] == "http" ? "http" : "https",
            PathBase = path.Base,
            Path = path.Path,
            QueryString = query,
            RawTarget = path.Encoded + query,
            Headers = headers,
            Body = bodyStream,
        });
        features.Set<IHttpMaxRequestBodySizeFeature>(bodyStream);
        features.Set<IHttpRequestBodyDetectionFeature>(bodyStream);
        features.Set<IHttpRequestIdentifierFeature>(new HttpRequestIdentifierFeature { TraceIdentifier = Text(context, "requestId") ?? invocation.RequestId });
        features.Set<IHttpRequestLifetimeFeature>(new RequestLifetime { RequestAborted = aborted });
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature
        {
            ConnectionId = invocation.RequestId,
            RemoteIpAddress = IPAddress.TryParse(Text(http, "sourceIp"), out var ip) ? ip : null,
        });
        return features;
    }

    private static byte[] ReadBody(JsonElement e)
    {
        if (!e.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.String) return [];
        return e.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True
            ? body.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(body.GetString()!);
    }

    private static IHeaderDictionary ReadHeaders(JsonElement e, JsonElement context, string method, int bodyLength)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (e.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
            // A repeated header arrives joined with commas. Only its reader knows whether it is a list.
            foreach (var header in given.EnumerateObject())
                headers[IsToken(header.Name) ? header.Name : throw new BadHttpRequestException("A header's name is no token.")] = HeaderValue(header.Value.GetString());
        if (e.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array)
            headers.Cookie = HeaderValue(string.Join("; ", cookies.EnumerateArray().Select(c => c.GetString())));
        if (StringValues.IsNullOrEmpty(headers.Host)) headers.Host = Text(context, "domainName") ?? "";
        // The body is complete, however it was sent.
        headers.Remove("Transfer-Encoding");
        headers.ContentLength = bodyLength > 0 || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) ? bodyLength : null;
        return headers;
    }

    /// <summary>RFC 9110, section 5.6.2.</summary>
    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Kestrel ends a value at a line break, and refuses a null character.</summary>
    private static string? HeaderValue(string? value) =>
        value.AsSpan().ContainsAny('\0', '\r', '\n') ? throw new BadHttpRequestException("A header's value has a line break or a null character.") : value;

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
