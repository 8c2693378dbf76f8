using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// Reads an API Gateway HTTP API event, payload format 2.0
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
/// Its authorizer's claims are left alone: the services validate tokens themselves.
/// </summary>
internal static class HttpApiRequest
{
    public static FeatureCollection Read(JsonElement e, InvocationContext invocation, long? maxBodyBytes, CancellationToken aborted)
    {
        var context = e.GetProperty("requestContext");
        var http = context.GetProperty("http");
        var method = Text(http, "method") ?? throw new UnknownEventException("The request has no method.");
        var body = ReadBody(e);
        var headers = ReadHeaders(e, context, method, body.Length);
        var path = RequestPath.Of(Text(e, "rawPath") ?? "/", Text(context, "stage"));
        var query = Text(e, "rawQueryString") is { Length: > 0 } q ? "?" + q : "";
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
            // a header that was sent several times comes joined with commas, and only its reader knows whether it is a list
            foreach (var header in given.EnumerateObject())
                headers[header.Name] = header.Value.GetString();
        if (e.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array)
            headers.Cookie = string.Join("; ", cookies.EnumerateArray().Select(c => c.GetString()));
        if (StringValues.IsNullOrEmpty(headers.Host)) headers.Host = Text(context, "domainName") ?? "";
        // the body that came is whole, however it was sent
        headers.Remove("Transfer-Encoding");
        headers.ContentLength = bodyLength > 0 || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) ? bodyLength : null;
        return headers;
    }

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
