using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// A client of Lambda's Runtime API, version 2018-06-01
/// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
/// </summary>
internal sealed class RuntimeApi(string authority) : IDisposable
{
    private const string AuthorityName = "AWS_LAMBDA_RUNTIME_API";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
    })
    {
        BaseAddress = new Uri($"http://{authority}/2018-06-01/runtime/"),
        Timeout = Timeout.InfiniteTimeSpan, // "next" answers when there is work
    };

    /// <summary>Returns the API's host and port, or null if this process does not run on Lambda.</summary>
    public static string? AuthorityOf(IConfiguration configuration) =>
        configuration[AuthorityName] is { Length: > 0 } authority ? authority : null;

    /// <summary>Waits for the next invocation, without a timeout.</summary>
    public async Task<(InvocationContext Context, byte[] Payload)> NextAsync(CancellationToken ct)
    {
        using var response = await _http.GetAsync("invocation/next", HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        var context = new InvocationContext(
            Required(response.Headers, "Lambda-Runtime-Aws-Request-Id"),
            Optional(response.Headers, "Lambda-Runtime-Invoked-Function-Arn") ?? "",
            Optional(response.Headers, "Lambda-Runtime-Trace-Id"),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Required(response.Headers, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture)));
        // From here on the invocation is ours. Without its payload it would be lost until Lambda's timeout.
        return (context, await response.Content.ReadAsByteArrayAsync(CancellationToken.None));
    }

    /// <summary>Posts an invocation's response. Returns false if Lambda refuses it as too large.</summary>
    public async Task<bool> RespondAsync(string requestId, ReadOnlyMemory<byte> answer, CancellationToken ct)
    {
        if (answer.Length > HttpApiAnswer.LargestBytes) return false;
        return await PostAsync($"invocation/{requestId}/response", answer, null, ct) != HttpStatusCode.RequestEntityTooLarge;
    }

    /// <summary>Reports the failure of an invocation.</summary>
    public Task FailAsync(string requestId, RuntimeError error, CancellationToken ct) =>
        PostAsync($"invocation/{requestId}/error", error.ToJson(), error.Type, ct);

    /// <summary>Reports that the program could not start. The process must end after it.</summary>
    public Task FailInitAsync(RuntimeError error, CancellationToken ct) =>
        PostAsync("init/error", error.ToJson(), error.Type, ct);

    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode> PostAsync(string path, ReadOnlyMemory<byte> body, string? errorType, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (errorType is not null) request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        using var response = await _http.SendAsync(request, ct);
        if (response.StatusCode != HttpStatusCode.RequestEntityTooLarge) response.EnsureSuccessStatusCode();
        return response.StatusCode;
    }

    private static string? Optional(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Required(HttpResponseHeaders headers, string name) =>
        Optional(headers, name) ?? throw new InvalidOperationException($"The Runtime API sent no {name}.");
}
