using System.Net;
using System.Text.Json;

namespace ServerlessCqrs.Journeys;

/// <summary>A complete HTTP response.</summary>
public sealed record Answer(
    HttpStatusCode Status,
    IReadOnlyDictionary<string, string> Headers,
    string Text)
{
    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsStringAsync());

    public JsonElement Json
    {
        get
        {
            using var json = JsonDocument.Parse(Text);
            return json.RootElement.Clone();
        }
    }

    /// <summary>True if the answer was folded from log and tip. Then it may be ahead of the read model.</summary>
    public bool IsFolded => Header("X-Answered-From") is not null;

    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
