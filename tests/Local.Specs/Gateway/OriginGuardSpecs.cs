using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Gateway;

namespace ServerlessCqrs.LocalRuntime.Specs.Gateway;

/// <summary>A local server responds to programs, and to no web page.</summary>
public sealed class OriginGuardSpecs
{
    [Theory]
    [InlineData("127.0.0.1:{port}", "", 200)]
    [InlineData("localhost:{port}", "", 200)]
    [InlineData("localhost", "", 200)]
    [InlineData("[::1]:{port}", "", 200)]
    [InlineData("localhost:{port}", "Origin: http://localhost:{port}", 200)]
    [InlineData("localhost:{port}", "Sec-Fetch-Site: none", 200)]
    [InlineData("localhost:{port}", "Sec-Fetch-Site: same-origin", 200)]
    [InlineData("evil.example", "", 403)]
    [InlineData("evil.example:{port}", "Origin: http://evil.example:{port}", 403)]
    [InlineData("127.0.0.1.evil.example", "", 403)]
    [InlineData("0.0.0.0:{port}", "", 403)]
    [InlineData("127.0.0.1:{port}", "Origin: https://evil.example", 403)]
    [InlineData("127.0.0.1:{port}", "Origin: null", 403)]
    [InlineData("127.0.0.1:{port}", "Origin: https://127.0.0.1:{port}", 403)]
    [InlineData("127.0.0.1:{port}", "Origin: http://127.0.0.1:1", 403)]
    [InlineData("127.0.0.1:{port}", "Sec-Fetch-Site: cross-site", 403)]
    [InlineData("127.0.0.1:{port}", "Sec-Fetch-Site: same-site", 403)]
    public async Task A_request_of_a_web_page_is_refused(string host, string header, int status)
    {
        var reached = 0;
        await using var server = LoopbackServer.Builder(0, largestBody: null, NullLoggerFactory.Instance).Build();
        server.Run(http =>
        {
            reached++;
            return http.Response.WriteAsync("the answer");
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        var url = LoopbackServer.UrlOf(server);
        string[] head = ["GET / HTTP/1.1", $"Host: {host}", .. header.Length == 0 ? Array.Empty<string>() : [header]];

        var answer = await RawHttp.SendAsync(url, [.. head.Select(line => line.Replace("{port}", $"{url.Port}", StringComparison.Ordinal))]);

        Assert.Equal((status, status == 200 ? 1 : 0), (RawHttp.StatusOf(answer), reached));
        Assert.DoesNotContain("Access-Control-Allow", answer, StringComparison.OrdinalIgnoreCase);
    }
}
