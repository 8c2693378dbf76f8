using System.Net;
using ServerlessCqrs.LocalRuntime.Specs.Gateway;

namespace ServerlessCqrs.LocalRuntime.Specs.Edge;

/// <summary>The local edge refuses what CloudFront refuses.</summary>
public sealed class EdgeLimitSpecs
{
    /// <summary>A request names another server, in every form of a request line.</summary>
    [Theory]
    [InlineData("GET //{other}/?query=SELECT%201 HTTP/1.1")]
    [InlineData("HEAD //{other}/ HTTP/1.1")]
    [InlineData("POST //{other}/ HTTP/1.1")]
    [InlineData("GET ///{other}/ HTTP/1.1")]
    [InlineData("GET /..//{other}/ HTTP/1.1")]
    [InlineData("GET /%2F{other}/ HTTP/1.1")]
    [InlineData(@"GET /\{other}/ HTTP/1.1")]
    [InlineData(@"GET \\{other}/ HTTP/1.1")]
    [InlineData("GET @{other}/ HTTP/1.1")]
    [InlineData("GET /@{other}/ HTTP/1.1")]
    [InlineData("GET :@{other}/ HTTP/1.1")]
    [InlineData("GET http://{other}/ HTTP/1.1")]
    [InlineData("POST http://{other}/ HTTP/1.1")]
    [InlineData("GET //user@{other}/ HTTP/1.1")]
    [InlineData("CONNECT {other} HTTP/1.1")]
    [InlineData("OPTIONS //{other}/ HTTP/1.1")]
    public async Task A_request_reaches_no_other_server_than_the_origin(string line)
    {
        await using var edge = await EdgeInHand.StartAsync();
        await using var other = await FakeService.StartAsync();
        var authority = other.Url.Authority;
        var request = line.Replace("{other}", authority, StringComparison.Ordinal);

        await RawHttp.SendAsync(edge.Edge.Url, request, $"Host: {edge.Edge.Url.Authority}");
        await RawHttp.SendAsync(edge.Edge.Url, request, $"Host: {authority}");

        Assert.Empty(other.Asked);
    }

    [Theory]
    [InlineData("OPTIONS * HTTP/1.1", 400)]
    [InlineData("CONNECT 127.0.0.1:80 HTTP/1.1", 400)]
    [InlineData("TRACE / HTTP/1.1", 403)]
    [InlineData("PURGE /products/1 HTTP/1.1", 403)]
    public async Task A_request_that_CloudFront_does_not_take_never_reaches_the_origin(string line, int status)
    {
        await using var edge = await EdgeInHand.StartAsync();

        var answer = await RawHttp.SendAsync(edge.Edge.Url, line, $"Host: {edge.Edge.Url.Authority}");

        Assert.Equal(status, RawHttp.StatusOf(answer));
        Assert.Empty(edge.Origin.Asked);
    }

    [Theory]
    [InlineData("GET", 8_192, 200)]
    [InlineData("GET", 8_193, 413)]
    [InlineData("POST", 8_193, 413)]
    public async Task A_URL_over_8192_bytes_is_413(string method, int length, int status)
    {
        await using var edge = await EdgeInHand.StartAsync();
        var start = $"http://{edge.Edge.Url.Authority}/products?q=";

        var answer = await RawHttp.SendAsync(
            edge.Edge.Url, $"{method} {start[start.IndexOf("/products", StringComparison.Ordinal)..]}{new string('a', length - start.Length)} HTTP/1.1", $"Host: {edge.Edge.Url.Authority}", "Content-Length: 0");

        Assert.Equal(status, RawHttp.StatusOf(answer));
        Assert.Equal(status == 200 ? 1 : 0, edge.Origin.Asked.Count);
        if (status != 200)
            Assert.Contains("The request could not be satisfied", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", 20_000, 200)]
    [InlineData("GET", 20_480, 413)]
    [InlineData("DELETE", 60_000, 413)]
    public async Task A_request_over_20480_bytes_without_its_body_is_413(string method, int length, int status)
    {
        await using var edge = await EdgeInHand.StartAsync();

        var answer = await RawHttp.SendAsync(edge.Edge.Url, $"{method} /products HTTP/1.1", $"Host: {edge.Edge.Url.Authority}", $"X-Long: {new string('a', length)}");

        Assert.Equal(status, RawHttp.StatusOf(answer));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task An_answer_whose_headers_are_over_20480_bytes_is_a_bad_gateway(string method)
    {
        await using var edge = await EdgeInHand.StartAsync();
        edge.Origin.Answer = http =>
        {
            http.Response.Headers["X-Long"] = new string('a', 21_000);
            return Task.CompletedTask;
        };

        using var answer = await edge.SendAsync(new HttpMethod(method), "/products");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("The request could not be satisfied", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:8080")]
    public async Task Another_name_for_this_machine_is_refused(string host)
    {
        await using var edge = await EdgeInHand.StartAsync();

        var answer = await RawHttp.SendAsync(edge.Edge.Url, "GET /products HTTP/1.1", $"Host: {host}");

        Assert.Equal(403, RawHttp.StatusOf(answer));
        Assert.Empty(edge.Origin.Asked);
    }
}
