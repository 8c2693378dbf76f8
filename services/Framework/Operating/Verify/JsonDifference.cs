using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessCqrs.Projections.History;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>Describes the differences of two JSON texts.</summary>
public static class JsonDifference
{
    // Readable text: no HTML escapes.
    private static readonly JsonSerializerOptions ForPeople = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Returns lines like <c>$.balance.amount: item 80, fold 90</c>; none if the texts are equivalent.
    /// </summary>
    public static IEnumerable<string> Between(string one, string other, string oneName, string otherName) =>
        JsonChanges.Between(one, other).Select(change => $"{change.Path}: {oneName} {Show(change.Before)}, {otherName} {Show(change.After)}");

    /// <summary>Formats a value and shortens it if it is long.</summary>
    public static string Show(JsonElement? value)
    {
        const int Longest = 80;
        var text = value is { } some ? JsonSerializer.Serialize(some, ForPeople) : "nothing";
        return text.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
