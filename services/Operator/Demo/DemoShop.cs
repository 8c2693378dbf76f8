using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ServerlessCqrs.Operating.Smoke;
using ServerlessCqrs.Operator.Smoke;

namespace ServerlessCqrs.Operator.Demo;

/// <summary>The demo's HTTP client of the shop: through the edge, and without retries.</summary>
internal sealed class DemoShop(HttpClient http, Uri edge, DemoCounts counts)
{
    /// <summary>Sends a command.</summary>
    /// <param name="body">JSON; null for none.</param>
    /// <returns>The response; null if there was none. A response without success counts as refused or failed.</returns>
    public async Task<SmokeAnswer?> SendAsync(HttpMethod method, string path, string token, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(edge, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", $"demo-{Guid.NewGuid():N}");
        if (body is not null) request.Content = JsonContent.Create(body);
        var began = Stopwatch.GetTimestamp();
        var answer = await AskAsync(request, ct);
        if (answer is null || (int)answer.Status is >= 500 or 429) counts.Failed();
        else counts.Answered((int)answer.Status < 400 ? null : answer.Text("code") ?? $"{(int)answer.Status}", Stopwatch.GetElapsedTime(began));
        return answer;
    }

    /// <summary>Reads a path as a visitor does, and ignores the content.</summary>
    public async Task ReadAsync(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(edge, path));
        if (await AskAsync(request, ct) is null) counts.Failed();
    }

    private async Task<SmokeAnswer?> AskAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var response = await http.SendAsync(request, ct);
            return await SmokeAnswer.OfAsync(response, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }
}
