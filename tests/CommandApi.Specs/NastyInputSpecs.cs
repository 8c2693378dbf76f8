using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.CommandApi.Specs.Playground;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

/// <summary>For any input, the answer is a problem document that says what is wrong, and no command is sent.</summary>
public sealed class NastyInputSpecs : IDisposable
{
    private const string Id = "6579c22f-be2b-444c-a52b-0116dd82df6c";

    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    /// <summary>Bytes of bodies, as Latin-1.</summary>
    public static TheoryData<string> Bodies => new(
    [
        "\u00ff",
        "{\"name\":\"\u00c3\"}",
        "{\"\u00ff\":1}",
        "{\"name\":\"\u00ed\u00a0\u0080\"}",
        "{\"name\":\"\u00c0\u0080\"}",
        "\u00ef\u00bb\u00bf{}",
        "\u00ff\u00fe{\0}\0",
        "\0",
        "{}\0",
        "{\"a\0\":1}",
        "{\"\\u0000\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{,}",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "// comment\n{}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1e}",
        "{\"a\":Infinity}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\n\"}",
        "{} {}",
        "undefined",
        "true",
        "\"\"",
        "-",
        "{\"$type\":\"x\"}",
        "{\"$ref\":\"#\"}",
        "{\"__proto__\":{}}",
        $"{{\"{new string('k', 20_000)}\":1}}",
        $"{{\"a\":{new string('9', 20_000)}}}",
        $"{{\"a\":1{new string('0', 5_000)}e-5000}}",
        string.Concat(Enumerable.Repeat("[", 10_000)),
        string.Concat(Enumerable.Repeat("{\"a\":", 3_000)),
        $"{{{string.Join(',', Enumerable.Range(0, 2_500).Select(i => $"\"k{i}\":{i}"))}}}",
        $"{{\"items\":[{string.Join(',', Enumerable.Repeat("{}", 10_000))}]}}",
        $"{{\"images\":[{string.Join(',', Enumerable.Repeat("null", 5_000))}]}}",
    ]);

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_that_is_none_is_400_on_every_route(string latin)
    {
        foreach (var (client, route) in Writes().Where(write => write.HasBody).Select(write => (write.Client, write.Route)))
        {
            using var request = RequestOf(route, Encoding.Latin1.GetBytes(latin));
            var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var problem = await ShouldBeClientsFaultAsync(answer, route);
            Assert.Equal(400, (int)answer.StatusCode);
            Assert.InRange(problem.ToJsonString().Length, 1, 40_000);
        }

        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    [InlineData("nonsense")]
    public async Task Body_with_a_content_encoding_is_415(string encoding)
    {
        using var request = RequestOf("POST /products", Encoding.UTF8.GetBytes(Headphones));
        request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        await (await _server.Seller.SendAsync(request, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(415, "content_type_unsupported");
    }

    [Theory]
    [InlineData("Idempotency-Key", "ä")]
    [InlineData("Idempotency-Key", "\ud800")]
    [InlineData("Idempotency-Key", "a\tb")]
    [InlineData("Idempotency-Key", "\"a")]
    [InlineData("Idempotency-Key", "\"a\\b\"")]
    [InlineData("Idempotency-Key", "\"")]
    [InlineData("If-Match", "7")]
    [InlineData("If-Match", "\"-7\"")]
    [InlineData("If-Match", "\"99999999999999999999\"")]
    [InlineData("If-Match", "\"\u0661\"")]
    [InlineData("If-Match", "\"7\", \"8\"")]
    [InlineData("If-Match", "W/")]
    public async Task Header_that_cannot_be_read_is_400_on_every_route_with_a_token(string name, string value)
    {
        foreach (var write in Writes().Where(write => write.HasHeaders && write.Client.DefaultRequestHeaders.Authorization is not null))
        {
            var answer = await write.Client.SendAsync(write.Route, write.HasBody ? "{}" : null, headers: (name, value));
            var problem = await ShouldBeClientsFaultAsync(answer, write.Route);
            Assert.Equal(name == "If-Match" ? "if_match_invalid" : "idempotency_key_invalid", (string?)problem["code"]);
        }

        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData("wait=")]
    [InlineData("wait=-1")]
    [InlineData("wait=99999999999999999999")]
    [InlineData("wait=\"5")]
    [InlineData("=;=,;,")]
    [InlineData("\"")]
    [InlineData("wait=5; foo=\"\\")]
    [InlineData("\u00e4\ud800")]
    public async Task Preference_that_cannot_be_read_is_ignored(string value)
    {
        var answer = await _server.Seller.SendAsync("POST /products", Headphones, headers: ("Prefer", value));
        Assert.True((int)answer.StatusCode is 201 or 202, $"{answer.StatusCode}");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer \u00e4.\ud800.\u0000")]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiJ9.e30.")]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.AAAA")]
    [InlineData("Bearer e30.eyJcdWQ4MDAiOjF9.AAAA")]
    [InlineData("Basic YTpi")]
    [InlineData("\u0001")]
    [InlineData("Bearer a, Bearer b")]
    public async Task Authorization_that_is_none_is_401(string value)
    {
        var answer = await _server.Nobody.SendAsync("POST /products", Headphones, headers: ("Authorization", value));
        await answer.ShouldBeProblemAsync(401, "token_invalid");
    }

    [Theory]
    [InlineData("6579C22F-BE2B-444C-A52B-0116DD82DF6C")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6C")]
    [InlineData("%7B6579c22f-be2b-444c-a52b-0116dd82df6c%7D")]
    [InlineData("6579c22fbe2b444ca52b0116dd82df6c")]
    [InlineData("urn:uuid:6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6c%20")]
    [InlineData("%206579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6c%0A")]
    [InlineData("6579c22f%2Dbe2b-444c-a52b-0116dd82df6c%FF")]
    [InlineData("%FF")]
    [InlineData("%ED%A0%80")]
    [InlineData("%C0%AF")]
    [InlineData("%ud800")]
    [InlineData("%25")]
    [InlineData("%")]
    [InlineData("%2F")]
    [InlineData("a%2Fb")]
    [InlineData("..%2F..")]
    public async Task Id_in_another_spelling_finds_no_route(string id)
    {
        foreach (var write in Writes().Where(write => write.Route.Contains(Id, StringComparison.Ordinal)))
            await (await write.Client.SendAsync(write.Route.Replace(Id, id, StringComparison.Ordinal), write.HasBody ? "{}" : null)).ShouldBeProblemAsync(404, "route_not_found");
        Assert.Empty(_server.Shop.Taken);
    }

    [Theory]
    [InlineData("reson=x")]
    [InlineData("Reason=x")]
    [InlineData("reason=a&reason=b")]
    [InlineData("reason")]
    [InlineData("=x")]
    [InlineData("%00=x")]
    [InlineData("%ff=%ff")]
    [InlineData("%ED%A0%80=x")]
    [InlineData("a%ud800=x")]
    [InlineData("reason[]=x")]
    [InlineData("atLeastVersion=1")]
    public async Task Unknown_or_repeated_parameter_is_400_on_every_route(string query)
    {
        foreach (var write in Writes())
        {
            var takesReason = write.Route.StartsWith("DELETE", StringComparison.Ordinal) && !write.Route.Contains("/images/", StringComparison.Ordinal) && !write.Route.EndsWith("/watch", StringComparison.Ordinal);
            if (query == "reason" && takesReason) continue;
            var problem = await ShouldBeClientsFaultAsync(await write.Client.SendAsync($"{write.Route}?{query}", write.HasBody ? "{}" : null), write.Route);
            Assert.Equal(query == "reason=a&reason=b" && takesReason ? "parameter_repeated" : "parameter_unknown", (string?)problem["code"]);
            if (takesReason) Assert.Contains("reason", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        Assert.Empty(_server.Shop.Taken);
    }

    [Fact]
    public async Task Unknown_parameter_is_named_beside_those_there_are()
    {
        var problem = await (await _server.Seller.SendAsync($"DELETE /products/{Id}?reson=x")).ShouldBeProblemAsync(400, "parameter_unknown");
        Assert.Equal("There is no query parameter 'reson' here. The parameters of this route: reason.", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("%0a")]
    [InlineData("%E2%80%AE")]
    [InlineData("%E2%80%8B")]
    public async Task Reason_that_hides_something_is_400(string reason)
    {
        await (await _server.Seller.SendAsync($"DELETE /products/{Id}?reason=x{reason}")).ShouldBeProblemAsync(400, "reason_invalid");
        Assert.Empty(_server.Shop.Taken);
    }

    [Fact]
    public void Every_write_there_is_stands_here()
    {
        _server.CreateDefaultClient().Dispose();
        var endpoints = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        var routes = endpoints.SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{e.RoutePattern.RawText!.Trim('/')}")).Where(route => !route.StartsWith("GET", StringComparison.Ordinal));
        Assert.Equal(
            routes.Select(route => route.Replace("{id:uuid}", Id, StringComparison.Ordinal).Replace("{imageId:uuid}", Id, StringComparison.Ordinal).Replace("{id}", "me", StringComparison.Ordinal).Replace("{token}", "token", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Writes().Select(write => write.Route).Order(StringComparer.Ordinal));
    }

    private static HttpRequestMessage RequestOf(string route, byte[] body)
    {
        var parts = route.Split(' ', 2);
        var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    private static async Task<JsonNode> ShouldBeClientsFaultAsync(HttpResponseMessage answer, string route)
    {
        Assert.True((int)answer.StatusCode is 400 or 404 or 413 or 415, $"{route}: {(int)answer.StatusCode}");
        var problem = await answer.JsonAsync();
        Assert.NotEmpty((string)problem["code"]!);
        return problem;
    }

    private IEnumerable<Write> Writes() =>
    [
        new(_server.Seller, "POST /products", HasBody: true),
        new(_server.Seller, $"POST /products/{Id}/price", HasBody: true),
        new(_server.Seller, $"PUT /products/{Id}/price", HasBody: true),
        new(_server.Seller, $"PATCH /products/{Id}", HasBody: true),
        new(_server.Seller, $"POST /products/{Id}/stock", HasBody: true),
        new(_server.Seller, $"POST /products/{Id}/images", HasBody: true),
        new(_server.Seller, $"DELETE /products/{Id}/images/{Id}"),
        new(_server.Seller, $"DELETE /products/{Id}"),
        new(_server.Customer, $"PUT /products/{Id}/watch"),
        new(_server.Customer, $"DELETE /products/{Id}/watch"),
        new(_server.Customer, "POST /orders", HasBody: true),
        new(_server.Customer, $"DELETE /orders/{Id}"),
        new(_server.Operator, $"POST /orders/{Id}/approval"),
        new(_server.Operator, $"POST /orders/{Id}/rejection", HasBody: true),
        new(_server.Customer, $"POST /products/{Id}/reviews", HasBody: true),
        new(_server.Seller, $"POST /reviews/{Id}/approval"),
        new(_server.Seller, $"POST /reviews/{Id}/rejection", HasBody: true),
        new(_server.Customer, "PUT /users/me", HasBody: true),
        new(_server.Customer, "DELETE /users/me"),
        new(_server.Nobody, "POST /unsubscribe/token"),
        new(_server.Seller, "POST /graphql", HasBody: true) { HasHeaders = false },
    ];

    private sealed record Write(
        HttpClient Client,
        string Route,
        bool HasBody = false)
    {
        /// <summary>False for GraphQL, where arguments have the place of headers.</summary>
        public bool HasHeaders { get; init; } = true;
    }
}
