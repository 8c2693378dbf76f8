using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>A client's request.</summary>
internal sealed record ClientRequest(
    string Method,
    string Path,
    string Query = "",
    IReadOnlyList<(string Name, string Value)>? Headers = null,
    byte[]? Body = null);

/// <summary>The response that a client gets, without what differs between servers.</summary>
internal sealed record ClientAnswer(
    int Status,
    SortedDictionary<string, string> Headers,
    byte[] Body)
{
    public static bool IsCompared(string header) => header is not ("date" or "server" or "content-length" or "transfer-encoding" or "connection");

    public override string ToString() => $"{Status} {string.Join(" | ", Headers.Select(h => $"{h.Key}: {h.Value}"))} [{Body.Length}] {Encoding.UTF8.GetString(Body)}";
}

/// <summary>
/// Acts like API Gateway: a request becomes an event, and a function's response becomes an HTTP response.
/// </summary>
internal static class Gateway
{
    /// <param name="request">The client's request.</param>
    /// <param name="asBase64">Gateways send a body as base64 when its content type is not text.</param>
    /// <param name="decodesPath">HTTP APIs decode the path, and function URLs do not.</param>
    /// <param name="stage">The stage that precedes the path, if it is not the default one.</param>
    public static string Event(ClientRequest request, bool asBase64, bool decodesPath = false, string stage = "$default")
    {
        var prefix = stage == "$default" ? "" : "/" + stage;
        var given = request.Headers ?? [];
        var headers = new JsonObject { ["host"] = "localhost", ["x-forwarded-proto"] = "http" };
        foreach (var group in given.Where(h => h.Name != "cookie").GroupBy(h => h.Name.ToLowerInvariant()))
            headers[group.Key] = string.Join(",", group.Select(h => h.Value));
        var e = new JsonObject
        {
            ["version"] = "2.0",
            ["routeKey"] = "$default",
            ["rawPath"] = prefix + (decodesPath ? Uri.UnescapeDataString(request.Path) : request.Path),
            ["rawQueryString"] = request.Query,
            ["headers"] = headers,
            ["requestContext"] = new JsonObject
            {
                ["http"] = new JsonObject { ["method"] = request.Method, ["path"] = prefix + request.Path, ["protocol"] = "HTTP/1.1", ["sourceIp"] = "127.0.0.1" },
                ["domainName"] = "localhost",
                ["requestId"] = "id",
                ["stage"] = stage,
            },
            ["isBase64Encoded"] = asBase64,
        };
        var cookies = given.Where(h => h.Name == "cookie").SelectMany(h => h.Value.Split("; ")).ToArray();
        if (cookies.Length > 0) e["cookies"] = new JsonArray([.. cookies.Select(c => JsonValue.Create(c))]);
        if (request.Body is { Length: > 0 } body) e["body"] = asBase64 ? Convert.ToBase64String(body) : Encoding.UTF8.GetString(body);
        return e.ToJsonString();
    }

    public static ClientAnswer Response(byte[] answer)
    {
        var json = JsonNode.Parse(answer)!;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in json["headers"]!.AsObject())
            if (ClientAnswer.IsCompared(name.ToLowerInvariant())) headers[name.ToLowerInvariant()] = value!.GetValue<string>();
        if (json["cookies"] is JsonArray cookies) headers["set-cookie"] = string.Join(", ", cookies.Select(c => c!.GetValue<string>()));
        var body = json["body"]?.GetValue<string>() ?? "";
        return new(
            json["statusCode"]!.GetValue<int>(),
            headers,
            json["isBase64Encoded"]!.GetValue<bool>() ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body));
    }
}
