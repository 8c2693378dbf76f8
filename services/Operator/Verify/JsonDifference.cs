using System.Text.Json;

namespace ServerlessCqrs.Operator.Verify;

/// <summary>Where two JSON texts differ, as paths. The order of properties and the way a number is written do not count.</summary>
public static class JsonDifference
{
    /// <summary>Lines like <c>$.pricing.currentPrice: item 80, fold 90</c>; none where the texts say the same.</summary>
    public static IEnumerable<string> Between(string one, string other, string oneName, string otherName)
    {
        if (one == other) return [];
        using var left = JsonDocument.Parse(one);
        using var right = JsonDocument.Parse(other);
        return [.. Walk("$", left.RootElement, right.RootElement).Select(found => $"{found.Path}: {oneName} {Show(found.One)}, {otherName} {Show(found.Other)}")];
    }

    private static IEnumerable<(string Path, JsonElement? One, JsonElement? Other)> Walk(string path, JsonElement one, JsonElement other)
    {
        switch (one.ValueKind, other.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                foreach (var property in one.EnumerateObject())
                {
                    if (!other.TryGetProperty(property.Name, out var value)) yield return ($"{path}.{property.Name}", property.Value, null);
                    else
                        foreach (var found in Walk($"{path}.{property.Name}", property.Value, value)) yield return found;
                }

                foreach (var property in other.EnumerateObject())
                    if (!one.TryGetProperty(property.Name, out _)) yield return ($"{path}.{property.Name}", null, property.Value);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                var (ours, theirs) = (one.GetArrayLength(), other.GetArrayLength());
                for (var i = 0; i < Math.Max(ours, theirs); i++)
                {
                    if (i >= ours) yield return ($"{path}[{i}]", null, other[i]);
                    else if (i >= theirs) yield return ($"{path}[{i}]", one[i], null);
                    else
                        foreach (var found in Walk($"{path}[{i}]", one[i], other[i])) yield return found;
                }

                break;
            default:
                if (!JsonElement.DeepEquals(one, other)) yield return (path, one, other);
                break;
        }
    }

    private static string Show(JsonElement? value)
    {
        const int Longest = 80;
        var text = value?.GetRawText() ?? "nothing";
        return text.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
