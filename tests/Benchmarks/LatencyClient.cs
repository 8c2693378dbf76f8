using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessCqrs.Benchmarks;

/// <summary>The measured requests: writes through the edge, reads at the API.</summary>
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

    /// <summary>Creates a product and returns when the command is applied.</summary>
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

    /// <summary>Changes a price and returns the URL of its status when the command is acknowledged.</summary>
    public async Task<Uri> ChangePriceAsync(Guid product, decimal price, CancellationToken ct)
    {
        using var request = PriceChange(product, price);
        var answer = await SendAsync(request, HttpStatusCode.Accepted, ct);
        return new Uri(_stack.Api, answer.GetProperty("statusUrl").GetString()!);
    }

    /// <summary>Changes a price and returns when the command is applied. The shop itself waits for that.</summary>
    public async Task ApplyPriceAsync(Guid product, decimal price, CancellationToken ct)
    {
        using var request = PriceChange(product, price);
        request.Headers.Add("Prefer", "wait=20");
        await SendAsync(request, HttpStatusCode.OK, ct);
    }

    /// <summary>Polls until the change is applied. Returns its version.</summary>
    /// <exception cref="LatencyException">The change was refused or changed nothing.</exception>
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

    /// <summary>
    /// Polls until the response comes from the read model, not from the event store, and has the version or a later
    /// one.
    /// </summary>
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

    /// <summary>
    /// Waits between two polls: 8 ms or a tenth of the elapsed time, which bounds the error of a figure. At a fixed
    /// pace, polls would overload a slow stack.
    /// </summary>
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
