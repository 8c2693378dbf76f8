using System.Text.Json;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>An HTTP response.</summary>
/// <param name="Headers">By name, ignoring case.</param>
public sealed record SimAnswer(
    int Status,
    IReadOnlyDictionary<string, string> Headers,
    string Body)
{
    private JsonElement? _json;

    public JsonElement Json => _json ??= JsonSerializer.Deserialize<JsonElement>(Body);

    public string? Code => Text("code");

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Returns a property of the body, or null if it is missing.</summary>
    public string? Text(string property) => Json.TryGetProperty(property, out var value) ? value.GetString() : null;

    public long? Number(string property) => Json.TryGetProperty(property, out var value) ? value.GetInt64() : null;
}
