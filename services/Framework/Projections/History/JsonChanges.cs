using System.Text.Json;

namespace ServerlessCqrs.Projections.History;

/// <summary>One difference between two JSON texts.</summary>
/// <param name="Path">For example <c>$.pricing.currentPrice</c> or <c>$.images[0]</c>.</param>
/// <param name="Before">Null if the first text has no such value.</param>
/// <param name="After">Null if the second text has no such value.</param>
public sealed record JsonChange(
    string Path,
    JsonElement? Before,
    JsonElement? After);

/// <summary>Compares two JSON texts. It ignores the order of properties and the spelling of numbers.</summary>
public static class JsonChanges
{
    /// <summary>Returns every difference in the order of the first text, or none if the texts are equal.</summary>
    public static IReadOnlyList<JsonChange> Between(string before, string after)
    {
        if (before == after) return [];
        using var one = JsonDocument.Parse(before);
        using var other = JsonDocument.Parse(after);
        return [.. Walk("$", one.RootElement, other.RootElement).Select(change => change with { Before = change.Before?.Clone(), After = change.After?.Clone() })];
    }

    private static IEnumerable<JsonChange> Walk(string path, JsonElement before, JsonElement after)
    {
        switch (before.ValueKind, after.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                foreach (var property in before.EnumerateObject())
                {
                    if (!after.TryGetProperty(property.Name, out var value)) yield return new($"{path}.{property.Name}", property.Value, null);
                    else
                        foreach (var change in Walk($"{path}.{property.Name}", property.Value, value)) yield return change;
                }

                foreach (var property in after.EnumerateObject())
                    if (!before.TryGetProperty(property.Name, out _)) yield return new($"{path}.{property.Name}", null, property.Value);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                var (ours, theirs) = (before.GetArrayLength(), after.GetArrayLength());
                for (var i = 0; i < Math.Max(ours, theirs); i++)
                {
                    if (i >= ours) yield return new($"{path}[{i}]", null, after[i]);
                    else if (i >= theirs) yield return new($"{path}[{i}]", before[i], null);
                    else
                        foreach (var change in Walk($"{path}[{i}]", before[i], after[i])) yield return change;
                }

                break;
            default:
                if (!JsonElement.DeepEquals(before, after)) yield return new(path, before, after);
                break;
        }
    }
}
