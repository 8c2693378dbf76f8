using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessCqrs.Operating.Smoke;

/// <summary>An HTTP client of a system, through the edge.</summary>
public sealed class SmokeClient(HttpClient http, Uri edge, TimeSpan patience, TimeProvider time)
{
    /// <summary>The longest wait that a client can request.</summary>
    private const string Wait = "wait=20";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Returns the response. Retries while the system is busy (429) or unavailable (502, 503, 504).</summary>
    /// <exception cref="SmokeFailedException">The system refused the request, or was busy or unavailable for too
    /// long.</exception>
    public Task<SmokeAnswer> GetAsync(string path, string? token, CancellationToken ct) =>
        SendAsync(() => Request(HttpMethod.Get, path, token), ct);

    /// <summary>
    /// Returns the response to a write after its decision. Retries use the same idempotency key, so the write acts
    /// once.
    /// </summary>
    /// <exception cref="SmokeFailedException">The system refused the request, or did not decide in time.</exception>
    public async Task<SmokeAnswer> WriteAsync(HttpMethod method, string path, string token, object? body, CancellationToken ct)
    {
        var key = $"smoke-{Guid.NewGuid():N}";
        var answer = await SendAsync(
            () =>
            {
                var request = Request(method, path, token);
                request.Headers.Add("Prefer", Wait);
                request.Headers.Add("Idempotency-Key", key);
                if (body is not null) request.Content = JsonContent.Create(body);
                return request;
            },
            ct);
        var deadline = time.GetUtcNow() + patience;
        while (answer.Text("status") == "pending")
        {
            if (time.GetUtcNow() >= deadline) throw new SmokeFailedException($"{method} {path} is not decided after {patience.TotalSeconds:0} s. Look at the alarm on the stream's iterator age.");
            await Task.Delay(Pause, time, ct);
            answer = await GetAsync(answer.Text("statusUrl")!, token, ct);
        }

        return answer;
    }

    private async Task<SmokeAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        var deadline = time.GetUtcNow() + patience;
        while (true)
        {
            using var request = make();
            using var response = await http.SendAsync(request, ct);
            var answer = await SmokeAnswer.OfAsync(response, ct);
            if (response.IsSuccessStatusCode) return answer;
            var mayPass = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            if (!mayPass || time.GetUtcNow() >= deadline) throw new SmokeFailedException($"{request.Method} {request.RequestUri!.PathAndQuery} answers {(int)response.StatusCode}: {answer.Why}");
            await Task.Delay(Pause, time, ct);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, new Uri(edge, path));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}

/// <summary>A response of a system.</summary>
public sealed record SmokeAnswer(
    HttpStatusCode Status,
    JsonElement? Body,
    string Raw)
{
    /// <summary>The reason of a refusal, and what to do if that is known.</summary>
    public string Why => Status switch
    {
        HttpStatusCode.Unauthorized => "the token does not count. A token lasts 15 minutes: get another one.",
        _ when Text("code") is { } code => $"{Text("detail") ?? Text("title")} ({code})",
        _ => Raw.Length is > 0 and < 300 ? Raw : "no reason given. The stack's log groups may tell.",
    };

    public static async Task<SmokeAnswer> OfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var raw = await response.Content.ReadAsStringAsync(ct);
        return new SmokeAnswer(response.StatusCode, Parse(raw), raw);
    }

    public string? Text(string property) =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Parse(string raw)
    {
        try
        {
            using var json = JsonDocument.Parse(raw);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
