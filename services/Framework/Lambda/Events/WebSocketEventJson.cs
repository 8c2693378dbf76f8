using System.Buffers;
using System.Text.Json;

namespace ServerlessCqrs.Lambda;

/// <summary>Reads API Gateway's WebSocket event, and writes its answer.</summary>
internal static class WebSocketEventJson
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    public static WebSocketEvent Read(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        var root = json.RootElement;
        var context = root.GetProperty("requestContext");
        return new(
            Text(context, "eventType") switch
            {
                "CONNECT" => WebSocketEventKind.Connect,
                "MESSAGE" => WebSocketEventKind.Message,
                "DISCONNECT" => WebSocketEventKind.Disconnect,
                var other => throw new UnknownEventException($"The WebSocket event has the type '{other}'."),
            },
            Text(context, "connectionId") ?? throw new UnknownEventException("The WebSocket event has no connectionId."),
            Headers(root),
            context.TryGetProperty("identity", out var identity) ? Text(identity, "sourceIp") ?? "" : "",
            IsBinary(root) ? null : Text(root, "body"));
    }

    public static ReadOnlyMemory<byte> Write(WebSocketAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("statusCode"u8, answer.Status);
            if (answer.Body is not null) json.WriteString("body"u8, answer.Body);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static bool IsBinary(JsonElement root) => root.TryGetProperty("isBase64Encoded", out var isBinary) && isBinary.ValueKind == JsonValueKind.True;

    private static IReadOnlyDictionary<string, string> Headers(JsonElement root)
    {
        if (!root.TryGetProperty("headers", out var headers) || headers.ValueKind != JsonValueKind.Object) return NoHeaders;
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers.EnumerateObject()) read[header.Name] = header.Value.GetString() ?? "";
        return read;
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
