using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

/// <summary>Sends Kinesis' JSON protocol directly, because these specs test the emulator and not our client.</summary>
internal sealed class RawKinesis(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task<JsonNode> CallAsync(string action, object parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parameters))) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") } },
        };
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202." + action);
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        // The emulator requires a signature, and does not check it.
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, body);
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    public void Dispose() => _http.Dispose();
}
