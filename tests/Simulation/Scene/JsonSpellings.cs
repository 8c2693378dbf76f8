using System.Text;
using System.Text.Json;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// Writes the same JSON as other client libraries: every character escaped, blanks between all tokens, optional fields
/// as null.
/// </summary>
public sealed class JsonSpellings(Dice dice)
{
    // A body has at most 32 KB.
    private const int LongestBody = 30_000;

    public SimRequest Of(SimRequest request)
    {
        if (request.Body.Length == 0 || dice.Roll("json.spelled") < 0.7) return request;
        var (escapes, blanks, nulls) = (dice.Roll("json.escapes") < 0.6, dice.Roll("json.blanks") < 0.3, dice.Roll("json.nulls") < 0.5);
        using var json = JsonDocument.Parse(request.Body);
        var text = new StringBuilder();
        Write(text, json.RootElement, escapes, blanks ? "\r\n\t " : "", nulls ? OptionalIn(request) : []);
        return Encoding.UTF8.GetByteCount(text.ToString()) <= LongestBody ? request with { Body = text.ToString() } : request;
    }

    /// <summary>Returns the fields of a body for which null means omitted.</summary>
    private static IReadOnlyList<string> OptionalIn(SimRequest request) => (request.Method, request.Path) switch
    {
        ("POST", "/products") => ["id", "specifications", "images"],
        ("POST", "/orders") => ["id"],
        _ => [],
    };

    private static void Write(StringBuilder text, JsonElement json, bool escapes, string blank, IReadOnlyList<string> optional)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = json.EnumerateObject().Select(field => (field.Name, Value: (JsonElement?)field.Value)).ToList();
                fields.AddRange(optional.Where(name => !json.TryGetProperty(name, out _)).Select(name => (name, (JsonElement?)null)));
                WriteAll(text, "{}", blank, fields, field =>
                {
                    Write(text, field.Name, escapes);
                    text.Append(blank).Append(':').Append(blank);
                    if (field.Value is { } value) Write(text, value, escapes, blank, []);
                    else text.Append("null");
                });
                break;
            case JsonValueKind.Array:
                WriteAll(text, "[]", blank, [.. json.EnumerateArray()], item => Write(text, item, escapes, blank, []));
                break;
            case JsonValueKind.String:
                Write(text, json.GetString()!, escapes);
                break;
            default:
                text.Append(json.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, string brackets, string blank, IReadOnlyList<T> all, Action<T> write)
    {
        text.Append(brackets[0]).Append(blank);
        for (var i = 0; i < all.Count; i++)
        {
            if (i > 0) text.Append(',').Append(blank);
            write(all[i]);
        }

        text.Append(blank).Append(brackets[1]);
    }

    private static void Write(StringBuilder text, string value, bool escapes)
    {
        if (!escapes)
        {
            text.Append(JsonSerializer.Serialize(value));
            return;
        }

        text.Append('"');
        foreach (var c in value) text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        text.Append('"');
    }
}
