using System.Text.Json.Nodes;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>Requests and assertions for the specs.</summary>
public static class Http
{
    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string methodAndPath, params (string Name, string Value)[] headers)
    {
        var parts = methodAndPath.Split(' ', 2);
        var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static async Task<JsonNode> ShouldBeOkAsync(this HttpResponseMessage answer)
    {
        var text = await answer.TextAsync();
        Assert.True(200 == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(text)!;
    }

    /// <summary>
    /// Asserts that the answer is a problem document with this status and code, which nobody may cache.
    /// </summary>
    public static async Task<JsonNode> ShouldBeProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.TextAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal($"/docs/problems/{code}", (string?)problem["type"]);
        Assert.NotEmpty((string)problem["traceId"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(status == 503 ? "1" : null, answer.Header("Retry-After"));
        return problem;
    }

    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static decimal PriceOf(this JsonNode product) => (decimal)product["pricing"]!["currentPrice"]!;

    public static long VersionOf(this JsonNode product) => (long)product["version"]!;
}
