using System.Net;
using System.Text.Json;

namespace ServerlessCqrs.Journeys;

/// <summary>What came back, read whole.</summary>
public sealed record Answer(
    HttpStatusCode Status,
    IReadOnlyDictionary<string, string> Headers,
    string Text)
{
    public JsonElement Json
    {
        get
        {
            using var json = JsonDocument.Parse(Text);
            return json.RootElement.Clone();
        }
    }

    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
