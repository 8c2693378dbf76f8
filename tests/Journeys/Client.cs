using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace ServerlessCqrs.Journeys;

/// <summary>HTTP as one user. It checks every request and answer against the stack's OpenAPI document.</summary>
public sealed class Client(HttpClient http, LocalStack stack, string subject, string? token)
{
    public string Subject => subject;

    public string? Token => token;

    /// <summary>Sends to the edge, or to an absolute <paramref name="path"/>.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var url = new Uri(stack.Edge, path);
        using var request = new HttpRequestMessage(method, url);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is HttpContent content) request.Content = content;
        else if (body is not null) request.Content = JsonContent.Create(body);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var answer = await Answer.OfAsync(response);
        var contradictions = (await stack.ContractAsync()).Contradictions(method.Method, url.AbsolutePath, request.Content is JsonContent json ? await json.ReadAsStringAsync() : null, answer);
        Assert.True(contradictions.Count == 0, string.Join('\n', contradictions));
        return answer;
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Reads from the API itself, past the edge and its cache.</summary>
    public Task<Answer> GetFromApiAsync(string path) => GetAsync(new Uri(stack.Url("api"), path).ToString());

    public Task<Answer> PostAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    /// <summary>Creates a product and waits for it to be applied.</summary>
    public async Task<Guid> CreateProductAsync(decimal price = 100, string category = "audio", string name = "Wireless Headphones", int quantity = 50)
    {
        var id = Guid.NewGuid();
        var answer = await PostAsync("products", Product(id, price, category, name, quantity), ("Prefer", "wait=20"));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return id;
    }

    /// <summary>Retries an order with the same key until it is acknowledged, and returns its id.</summary>
    public async Task<Guid> OrderAsync(params (Guid Product, int Quantity)[] items)
    {
        var (key, body) = (("Idempotency-Key", $"order-{Guid.NewGuid()}"), new { items = items.Select(item => new { productId = item.Product, quantity = item.Quantity }) });
        Answer? answer = null;
        await Eventually.TrueAsync(async () => (int)(answer = await PostAsync("orders", body, key)).Status < 500, TimeSpan.FromSeconds(60), () => $"the order is not taken: {answer?.Text}");
        Assert.True(answer!.Status is HttpStatusCode.Created or HttpStatusCode.Accepted, answer.Text);
        return Guid.Parse(answer.Json.GetProperty("stream").GetString()!["order-".Length..]);
    }

    /// <summary>Waits until the customer's order has that status.</summary>
    public async Task<Answer> SeesOrderAsync(Guid order, string status)
    {
        Answer? answer = null;
        await Eventually.TrueAsync(
            async () => (answer = await GetAsync($"orders/{order}")).Status == HttpStatusCode.OK && answer.Json.GetProperty("status").GetString() == status,
            TimeSpan.FromSeconds(60),
            () => $"the order is not {status}: {answer?.Text}");
        return answer!;
    }

    /// <summary>Waits until the read model shows the product at this version or a later one.</summary>
    public async Task<Answer> SeesAsync(Guid product, long version)
    {
        Answer? answer = null;
        await Eventually.TrueAsync(
            async () => (answer = await GetFromApiAsync($"products/{product}")).Status == HttpStatusCode.OK && !answer.IsFolded && answer.Json.GetProperty("version").GetInt64() >= version,
            TimeSpan.FromSeconds(60),
            () => $"the read model does not show version {version}: {answer?.Text}");
        return answer!;
    }

    public static object Product(Guid id, decimal price = 100, string category = "audio", string name = "Wireless Headphones", int quantity = 50) => new
    {
        id,
        name,
        description = "They play music.",
        category,
        price = new { amount = price, currency = "USD" },
        quantity,
        warehouse = "WH_001",
        specifications = new { battery = "30 hours" },
        images = new[] { new { url = "https://images.example.com/1.jpg", alt = "Front" } },
    };

    public static object Price(decimal amount) => new { amount, currency = "USD" };
}
