using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>A browser's message: <c>{"watch": ["product-…"], "token": "…"}</c>. It replaces the socket's earlier one.</summary>
internal sealed record WatchMessage(
    IReadOnlyList<StreamId> Watch,
    string? Token)
{
    private const string Form = "Send {\"watch\": [stream ids]}, with \"token\" if a stream is private.";

    public static (WatchMessage? Message, SocketRefusal? Refusal) Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        // A text with half a surrogate pair is JSON, but no text of .NET.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, Malformed("The message is not JSON."));
        }
    }

    private static (WatchMessage? Message, SocketRefusal? Refusal) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, Malformed("The message is not a JSON object."));
        JsonElement? watch = null;
        string? token = null;
        foreach (var field in json.EnumerateObject())
        {
            switch (field.Name)
            {
                case "watch" when watch is null && field.Value.ValueKind == JsonValueKind.Array:
                    watch = field.Value;
                    break;
                case "watch":
                    return (null, Malformed("\"watch\" is not one list of stream ids."));
                case "token" when token is null && field.Value.ValueKind == JsonValueKind.String:
                    token = field.Value.GetString();
                    break;
                case "token":
                    return (null, Malformed("\"token\" is not one string."));
                default:
                    return (null, Malformed("The message has a field that is neither \"watch\" nor \"token\"."));
            }
        }

        return watch is { } ids ? Read(ids, token) : (null, Malformed("The message has no \"watch\"."));
    }

    private static (WatchMessage? Message, SocketRefusal? Refusal) Read(JsonElement ids, string? token)
    {
        if (ids.GetArrayLength() > PushLimits.Watches)
            return (null, new("too_many_watches", $"A socket watches at most {PushLimits.Watches} streams. Send fewer, or open another socket."));
        var streams = new List<StreamId>(ids.GetArrayLength());
        foreach (var id in ids.EnumerateArray())
        {
            if (id.ValueKind != JsonValueKind.String || !StreamId.TryParse(id.GetString(), out var stream))
                return (null, new("not_a_stream", "\"watch\" has an entry that is not a stream id. A stream id is a category, a hyphen and a key."));
            if (!streams.Contains(stream)) streams.Add(stream);
        }

        return (new WatchMessage(streams, token), null);
    }

    private static SocketRefusal Malformed(string what) => new("malformed", $"{what} {Form}");
}

/// <summary>Tells the client why its message was refused: <c>{"code": "…", "detail": "…"}</c>, as in a problem document.</summary>
internal sealed record SocketRefusal(
    string Code,
    string Detail)
{
    public string ToJson() => JsonSerializer.Serialize(new Dictionary<string, string> { ["code"] = Code, ["detail"] = Detail }, s_plain);

    private static readonly JsonSerializerOptions s_plain = new() { Encoder = PlainJson.Writing.Encoder };
}
