using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessCqrs.Benchmarks;

/// <summary>The requests that are measured: writes through the edge, reads at the API.</summary>
internal sealed class LatencyClient : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(8);

    private readonly RunningStack _stack;
    private readonly HttpClient _http = new();

    public LatencyClient(RunningStack stack)
    {
        _stack = stack;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Seller);
    }

    /// <summary>Returns once the product is applied.</summary>
    public async Task CreateAsync(Guid product, decimal price, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_stack.Edge, "products"));
        request.Headers.Add("Prefer", "wait=20");
        request.Content = JsonContent.Create(new
        {
            id = product,
            name = "Measured product",
            description = "Its price changes to measure how long that takes.",
            category = "latency",
            price = new { amount = price, currency = "USD" },
            quantity = 1,
            warehouse = "WH_001",
            specifications = new { },
            images = Array.Empty<object>(),
        });
        await SendAsync(request, HttpStatusCode.Created, ct);
    }

    /// <summary>Returns once the change is acknowledged: where its outcome will be found.</summary>
    public async Task<Uri> ChangePriceAsync(Guid product, decimal price, CancellationToken ct)
    {
        using var request = PriceChange(product, price);
        var answer = await SendAsync(request, HttpStatusCode.Accepted, ct);
        return new Uri(_stack.Api, answer.GetProperty("statusUrl").GetString()!);
    }

    /// <summary>Returns once the change is applied: the shop itself waits for that.</summary>
    public async Task ApplyPriceAsync(Guid product, decimal price, CancellationToken ct)
    {
        using var request = PriceChange(product, price);
        request.Headers.Add("Prefer", "wait=20");
        await SendAsync(request, HttpStatusCode.OK, ct);
    }

    /// <summary>Looks until the change is applied.</summary>
    /// <exception cref="LatencyException">It was refused or changed nothing.</exception>
    public async Task<long> AppliedAsync(Uri status, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await _http.GetAsync(status, ct);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var body = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
                var outcome = body.GetProperty("status").GetString();
                if (outcome == "applied") return body.GetProperty("version").GetInt64();
                if (outcome != "pending") throw new LatencyException($"{status} is {outcome}: {body}");
            }

            await PauseAsync(since, ct);
        }
    }

    /// <summary>Looks until the read model itself, and not the event store in its place, shows the version or a later one.</summary>
    public async Task VisibleAsync(Guid product, long version, CancellationToken ct)
    {
        var uri = new Uri(_stack.Api, $"products/{product}");
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await _http.GetAsync(uri, ct);
            if (answer.StatusCode == HttpStatusCode.OK
                && !answer.Headers.Contains("X-Answered-From")
                && (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("version").GetInt64() >= version)
                return;
            await PauseAsync(since, ct);
        }
    }

    /// <summary>Between two looks: what a figure may be too high by, 8 ms or a tenth. A fixed pace would, on a stack that is slow, put the load of more and more lookers on it.</summary>
    private static Task PauseAsync(long since, CancellationToken ct)
    {
        var share = Stopwatch.GetElapsedTime(since) / 10;
        return Task.Delay(share > ShortestPause ? share : ShortestPause, ct);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage PriceChange(Guid product, decimal price) =>
        new(HttpMethod.Post, new Uri(_stack.Edge, $"products/{product}/price")) { Content = JsonContent.Create(new { amount = price, currency = "USD" }) };

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, HttpStatusCode expected, CancellationToken ct)
    {
        using var answer = await _http.SendAsync(request, ct);
        if (answer.StatusCode != expected)
            throw new LatencyException($"{request.Method} {request.RequestUri} was answered with {(int)answer.StatusCode} instead of {(int)expected}: {await answer.Content.ReadAsStringAsync(ct)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
    }
}
