using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// API Gateway's HTTP API: it passes each request to the service of its method in payload format 2.0, and returns the
/// response. The services check the tokens.
/// </summary>
public sealed class SimGateway(Simulator simulator, Dice dice, Truth truth)
{
    /// <summary>The response of an HTTP API for a failed function.</summary>
    private static readonly SimAnswer Failed = new(500, new Dictionary<string, string>(), """{"message":"Internal Server Error"}""");

    private static readonly SimAnswer Throttled = new(429, new Dictionary<string, string>(), """{"message":"Too Many Requests"}""");

    private static readonly SimAnswer TooLarge = new(413, new Dictionary<string, string>(), """{"message":"Request Entity Too Large"}""");

    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html: "Payload size: 10 MB".
    private const long LargestBody = 10 * 1024 * 1024;

    private readonly List<(HttpService Service, Invoker<HttpFunction> Function)> _routes = [];
    private int _requests;

    public void Route(HttpService service, Invoker<HttpFunction> function) => _routes.Add((service, function));

    public async Task<SimAnswer> SendAsync(SimRequest request)
    {
        await simulator.Delay(TimeSpan.FromMilliseconds(5 * dice.Roll("gateway.there")));
        if (Sizes.Utf8(request.Body) > LargestBody) return TooLarge;
        if (dice.Happens("gateway.throttled", 0.01)) return Throttled;
        var question = truth.Asking(request);
        var payload = Write(request);
        var function = _routes.First(route => route.Service.Methods.Contains(request.Method)).Function;
        var (ended, json) = await function.InvokeAsync((service, context, ct) => service.HandleAsync(payload, context, ct));
        if (!ended) return Failed;
        if (json.Length > HttpApiAnswer.LargestBytes)
        {
            truth.Unfit($"lambda: an answer of {json.Length} bytes to {request.Target}");
            return Failed;
        }

        var answer = Read(json);
        truth.Answering(question, answer);
        await simulator.Delay(TimeSpan.FromMilliseconds(5 * dice.Roll("gateway.back")));
        return answer;
    }

    private byte[] Write(SimRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", "2.0");
            json.WriteString("routeKey", "$default");
            // HTTP APIs decode the path.
            json.WriteString("rawPath", Uri.UnescapeDataString(request.Path));
            json.WriteString("rawQueryString", request.Query);
            json.WriteStartObject("headers");
            json.WriteString("host", "api.example.com");
            json.WriteString("x-forwarded-proto", "https");
            foreach (var (name, value) in request.Headers) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteStartObject("requestContext");
            json.WriteString("requestId", string.Create(CultureInfo.InvariantCulture, $"request-{_requests++}"));
            json.WriteString("stage", "$default");
            json.WriteStartObject("http");
            json.WriteString("method", request.Method);
            json.WriteString("path", request.Path);
            json.WriteString("protocol", "HTTP/1.1");
            json.WriteString("sourceIp", "192.0.2.1");
            json.WriteEndObject();
            json.WriteEndObject();
            if (request.Body.Length > 0) json.WriteString("body", request.Body);
            json.WriteBoolean("isBase64Encoded", false);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static SimAnswer Read(ReadOnlyMemory<byte> payload)
    {
        using var json = JsonDocument.Parse(payload);
        var root = json.RootElement;
        return new SimAnswer(
            root.GetProperty("statusCode").GetInt32(),
            root.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase),
            root.TryGetProperty("body", out var body) ? body.GetString()! : "");
    }
}
