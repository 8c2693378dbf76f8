using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessCqrs.Projections.History;

namespace ServerlessCqrs.Operator.Verify;

/// <summary>Where two JSON texts differ, in a person's words.</summary>
public static class JsonDifference
{
    // As people write it, not escaped for a page.
    private static readonly JsonSerializerOptions ForPeople = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lines like <c>$.pricing.currentPrice: item 80, fold 90</c>; none where the texts say the same.</summary>
    public static IEnumerable<string> Between(string one, string other, string oneName, string otherName) =>
        JsonChanges.Between(one, other).Select(change => $"{change.Path}: {oneName} {Show(change.Before)}, {otherName} {Show(change.After)}");

    /// <summary>A value, cut where it is long.</summary>
    public static string Show(JsonElement? value)
    {
        const int Longest = 80;
        var text = value is { } some ? JsonSerializer.Serialize(some, ForPeople) : "nothing";
        return text.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
