using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessCqrs.CommandApi.Specs.Playground;

/// <summary>Requests and assertions for the specs.</summary>
public static class Http
{
    public const string Headphones = """
        {"name": "Wireless Headphones", "description": "Loud", "category": "audio", "price": {"amount": 100, "currency": "USD"},
         "quantity": 50, "warehouse": "WH_001", "specifications": {"battery": "30 hours"}, "images": [{"url": "https://img.example.org/1.jpg", "alt": "Black"}]}
        """;

    public static Task<HttpResponseMessage> SendAsync(
        this HttpClient client,
        string methodAndPath,
        string? body = null,
        string contentType = "application/json",
        params (string Name, string Value)[] headers)
    {
        var parts = methodAndPath.Split(' ', 2);
        var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType.Length > 0) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Creates a product of this client, and waits for its decision.</summary>
    public static async Task<Guid> CreateProductAsync(this CommandServer server, string body = Headphones)
    {
        var answer = await server.Seller.SendAsync("POST /products", body);
        Assert.Equal(202, (int)answer.StatusCode);
        server.Shop.DecideAll();
        return Guid.Parse(((string)(await answer.JsonAsync())["stream"]!)["product-".Length..]);
    }

    public static string Price(decimal amount, string currency = "USD") => JsonSerializer.Serialize(new { amount, currency });

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    /// <summary>Asserts that the answer is a problem document with this status and code.</summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal($"/docs/problems/{code}", (string?)problem["type"]);
        Assert.NotEmpty((string)problem["traceId"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        return problem;
    }

    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
