using System.Text.Json.Nodes;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop.Watches;
using static ServerlessCqrs.CommandApi.Specs.Playground.Http;

namespace ServerlessCqrs.CommandApi.Specs;

/// <summary>What all routes share: problem documents, browsers, the OpenAPI document.</summary>
public sealed class EdgeSpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("POST /nothing")]
    [InlineData("POST /products/7/price")]
    public async Task An_unknown_route_is_404(string request) =>
        await (await _server.Seller.SendAsync(request, "{}")).ShouldBeProblemAsync(404, "route_not_found");

    [Fact]
    public async Task Another_method_is_405_and_the_right_ones_are_told()
    {
        var answer = await _server.Seller.SendAsync($"GET /products/{Guid.NewGuid()}/price");
        await answer.ShouldBeProblemAsync(405, "method_not_allowed");
        Assert.Equal(["POST", "PUT"], answer.Content.Headers.Allow.Order());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task What_nobody_caught_is_500_and_tells_nothing_of_the_inside()
    {
        _server.Personal.Fails = new InvalidOperationException("secret inside");
        var answer = await _server.Customer.SendAsync($"PUT /products/{Guid.NewGuid()}/watch");
        var problem = await answer.ShouldBeProblemAsync(500, "internal_error");
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task Logs_tell_what_failed_and_neither_tokens_nor_addresses_nor_bodies()
    {
        var id = await _server.CreateProductAsync();
        var link = await PersonalToken.CreateAsync(_server.Personal, WatchTokens.Unsubscribe, "customer-1", id, TestContext.Current.CancellationToken);
        var bearer = Identity.Token(lifetime: TimeSpan.FromMinutes(-5));
        _server.Shop.PutFails = new TimeoutException("no answer");
        await _server.ClientOf(bearer).SendAsync("POST /products", Headphones);
        await _server.Customer.SendAsync($"PUT /products/{id}/watch");
        await _server.Nobody.SendAsync($"POST /unsubscribe/{link}");
        await _server.Seller.SendAsync($"POST /products/{id}/stock", """{"delta": 1, "reason": "a secret reason"}""");

        var log = string.Join('\n', _server.Logs.Lines);
        Assert.Contains($"product-{id}", log, StringComparison.Ordinal);
        Assert.Contains("no answer", log, StringComparison.Ordinal);
        foreach (var secret in (string[])[bearer, bearer.Split('.')[1], link, "ann@example.org", "a secret reason"])
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://shop.example.org", true)]
    [InlineData("http://127.0.0.1:5173", true)]
    [InlineData("https://evil.example.org", false)]
    public async Task Browsers_may_call_from_the_configured_origins_only(string origin, bool allowed)
    {
        var preflight = await _server.Nobody.SendAsync(
            "OPTIONS /products",
            headers: [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,idempotency-key,if-match,prefer,content-type")]);
        Assert.Equal(allowed ? origin : null, preflight.Header("Access-Control-Allow-Origin"));
        var answer = await _server.Seller.SendAsync("POST /products", Headphones, headers: ("Origin", origin));
        Assert.Equal(allowed ? origin : null, answer.Header("Access-Control-Allow-Origin"));
        if (allowed) Assert.Contains("Idempotent-Replayed", answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_OpenAPI_document_tells_every_write()
    {
        var document = await (await _server.Nobody.SendAsync("GET /openapi/v1.json")).JsonAsync();
        var writes = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "DELETE /orders/{id}",
                "DELETE /products/{id}",
                "DELETE /products/{id}/images/{imageId}",
                "DELETE /products/{id}/watch",
                "DELETE /users/{id}",
                "PATCH /products/{id}",
                "POST /orders",
                "POST /orders/{id}/approval",
                "POST /orders/{id}/rejection",
                "POST /products",
                "POST /products/{id}/images",
                "POST /products/{id}/price",
                "POST /products/{id}/reviews",
                "POST /products/{id}/stock",
                "POST /reviews/{id}/approval",
                "POST /reviews/{id}/rejection",
                "POST /unsubscribe/{token}",
                "PUT /products/{id}/price",
                "PUT /products/{id}/watch",
                "PUT /users/me",
            ],
            writes);

        var price = document["paths"]!["/products/{id}/price"]!["post"]!;
        Assert.Equal(["Idempotency-Key", "If-Match", "Prefer", "id"], price["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!).Order(StringComparer.Ordinal));
        Assert.NotNull(price["requestBody"]!["content"]!["application/json"]!["schema"]);
        Assert.Equal(100, (int)price["requestBody"]!["content"]!["application/json"]!["example"]!["amount"]!);
        Assert.NotNull(price["security"]);
        Assert.Equal("number", (string?)document["components"]!["schemas"]!["PriceBody"]!["properties"]!["amount"]!["type"]);
        Assert.NotNull(document["components"]!["schemas"]!["ProblemDetails"]!["properties"]!["code"]);
        Assert.Superset(
            new HashSet<string> { "200", "202", "400", "401", "403", "404", "412", "413", "415", "422", "503" },
            price["responses"]!.AsObject().Select(response => response.Key).ToHashSet());
        Assert.All(["/products", "/orders"], path => Assert.Contains("201", document["paths"]![path]!["post"]!["responses"]!.AsObject().Select(response => response.Key)));
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.True(operation!["summary"] is not null, $"{method} {path} has no summary.");
                if (operation["requestBody"] is { } body) Assert.True(body["content"]!.AsObject().All(content => content.Value!["example"] is not null), $"{method} {path} has no example.");
            }
        }

        Assert.Null(document["paths"]!["/unsubscribe/{token}"]!["post"]!["security"] as JsonArray);
    }
}
