using System.Net;
using CsCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>The same app gives the same answers on Lambda as on Kestrel.</summary>
public sealed class ParityWithKestrel
{
    /// <summary>The same requests on every run.</summary>
    private const string Seed = "0000KhMbnPs7";

    private const int Requests = 600;

    private static readonly Gen<string> Segment = Among(
        "products", "a b", "é", "%20", "%C3%A9", "a+b", "a;b=c", "@:!$&'()*,=~", ".", "..", "...", "", "x.y", "%41", "😀", "100");

    /// <summary>Segments that only clients can send that keep the path encoded.</summary>
    private static readonly Gen<string> EncodedSegment = Among("%2F", "a%2fb", "%25", "%2541", "%2e", "%2E%2e", "%3F", "%23", "%0A", "%7F", "%5C", "%2500");

    /// <summary>Segments that Kestrel refuses or keeps unchanged.</summary>
    private static readonly Gen<string> OddSegment = Among(
        "%00", "a%00b", "%FF", "%C0%80", "%ED%A0%80", "%F0%9F", "%ZZ", "%", "%2", "%u0041");

    private static readonly Gen<string> Query = Among(
        "a=1", "a=2", "b=", "b", "c=x%20y", "c=x+y", "d=%C3%A9", "e=%26%3D", "f=a,b", "%5B%5D=1", "q=%ZZ", "", "n=%00", "n=%FF", "n=%ED%A0%80", "a=b=c", "?", "%");

    private static readonly Gen<(string, string)> Header = Among(
        ("accept", "application/json"), ("accept", "text/html;q=0.5"), ("x-one", "1"), ("x-one", "2"), ("x-list", "a, b"), ("if-none-match", "\"7\""),
        ("authorization", "Bearer x.y.z"), ("cookie", "a=1"), ("cookie", "b=x%20y; c=3"), ("idempotency-key", "\"k\""), ("prefer", "wait=5"),
        ("x-name", "Zoë"), ("x-name", "😀"), ("x-odd", "a\tb"), ("x-odd", "\u0001"));

    private static readonly Gen<byte[]?> Body = Gen.OneOf(
        Among<byte[]?>([null]),
        Gen.Byte.Array[0, 50].Select(b => (byte[]?)b),
        Gen.String[0, 50].Select(s => (byte[]?)System.Text.Encoding.UTF8.GetBytes(s)));

    private static readonly Gen<(ClientRequest Request, bool DecodesPath)> Any = Gen.Select(
        Among("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
        Gen.Bool.SelectMany(decodes => (decodes ? Gen.Frequency((6, Segment), (1, OddSegment)) : Gen.Frequency((6, Segment), (2, EncodedSegment), (1, OddSegment))).List[0, 5].Select(p => (Path: "/" + string.Join('/', p.Select(Escape)), Decodes: decodes))),
        Query.List[0, 4],
        Header.List[0, 5],
        Body,
        Gen.OneOf(Among("echo"), Among([.. EchoApp.Ways])),
        (method, path, query, headers, body, answer) => (
            new ClientRequest(method, path.Path, string.Join('&', query), [.. headers, ("x-answer", answer)], method is "GET" or "HEAD" or "OPTIONS" or "DELETE" ? null : body ?? []),
            path.Decodes));

    [Fact]
    public async Task Random_requests_get_the_same_status_headers_and_body()
    {
        await using var kestrel = await StartKestrelAsync();
        await using var lambda = await RunningApp.StartAsync(EchoApp.Map);
        using var client = Client(kestrel);

        foreach (var (request, decodesPath) in Any.Array[Requests].Single(_ => true, Seed))
        {
            var expected = await SendAsync(client, request);
            var answer = await lambda.Api.InvokeAsync(Gateway.Event(request, asBase64: !IsText(request.Body), decodesPath));
            Assert.False(answer.IsError, $"{request}: {answer.Text}");
            var actual = Gateway.Response(answer.Body);
            Assert.True(expected.ToString() == actual.ToString(), $"""
                {request.Method} {request.Path}?{request.Query} {string.Join(" | ", request.Headers!)}{(decodesPath ? " (decoded)" : "")}
                on Kestrel: {expected}
                on Lambda:  {actual}
                """);
            Assert.Equal(expected.Body, actual.Body);
        }
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task<WebApplication> StartKestrelAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        EchoApp.Map(app);
        await app.StartAsync();
        return app;
    }

    private static HttpClient Client(WebApplication app) =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, ActivityHeadersPropagator = null, RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 }) { BaseAddress = new Uri(app.Urls.Single()) };

    private static async Task<ClientAnswer> SendAsync(HttpClient client, ClientRequest request)
    {
        var uri = new Uri(client.BaseAddress!.GetLeftPart(UriPartial.Authority) + request.Path + (request.Query.Length > 0 ? "?" + request.Query : ""), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        message.Headers.Host = "localhost";
        foreach (var header in request.Headers!.Where(h => h.Name != "cookie").GroupBy(h => h.Name)) message.Headers.TryAddWithoutValidation(header.Key, header.Select(h => h.Value));
        if (request.Headers!.Where(h => h.Name == "cookie").Select(h => h.Value).ToArray() is { Length: > 0 } cookies) message.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies));
        if (request.Body is not null) message.Content = new ByteArrayContent(request.Body);
        using var response = await client.SendAsync(message);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            if (ClientAnswer.IsCompared(name.ToLowerInvariant())) headers[name.ToLowerInvariant()] = string.Join(", ", values);
        return new((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    private static bool IsText(byte[]? body) => body is null || System.Text.Unicode.Utf8.IsValid(body);

    // A client encodes characters that are invalid in a request line.
    private static string Escape(string segment) => string.Concat(segment.EnumerateRunes().Select(r => r.Value is > ' ' and < 127 ? r.ToString() : Uri.EscapeDataString(r.ToString())));
}
