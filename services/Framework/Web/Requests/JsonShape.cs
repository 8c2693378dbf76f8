using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Requests;

/// <summary>
/// Compares JSON with the shape of a body at any depth: unknown and missing fields, and the spelling of ids and
/// numbers, which a deserializer would normalize or round. The deserializer checks other types. An amount is any JSON
/// number whose value a decimal holds exactly: <c>100</c>, <c>100.00</c> and <c>1e2</c> are the same. A count is a
/// whole number of digits only: neither <c>1.0</c> nor <c>1e2</c>.
/// </summary>
internal static class JsonShape
{
    /// <summary>A longer list would not help a person.</summary>
    private const int MaxViolations = 50;

    private const int MaxQuoted = 200;

    public static IEnumerable<Violation> Compare(JsonElement json, JsonTypeInfo shape) => Compare(json, shape, "").Take(MaxViolations);

    public static Violation WrongType(string path) => new(
        Shortened(path),
        "field_invalid",
        path.Length == 0
            ? "The body must be a JSON object."
            : $"The field '{Shortened(path)}' has the wrong type, or is null.");

    private static IEnumerable<Violation> Compare(JsonElement json, JsonTypeInfo shape, string path) => (shape.Kind, json.ValueKind) switch
    {
        (JsonTypeInfoKind.Object, JsonValueKind.Object) => CompareFields(json, shape, path),
        (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) when shape.ElementType is { } element => json.EnumerateArray()
            .SelectMany((item, i) => Compare(item, shape.Options.GetTypeInfo(element), $"{path}[{i}]")),
        (JsonTypeInfoKind.Enumerable, _) or (JsonTypeInfoKind.Object, _) => [WrongType(path)],
        (JsonTypeInfoKind.None, JsonValueKind.String) when Is<Guid>(shape) => Uuid.TryParse(json.GetString(), out _) ? []
            : [new Violation(path, "field_invalid", $"The field '{path}' is not an id. {Uuid.Rule}")],
        (JsonTypeInfoKind.None, JsonValueKind.Number) when Is<decimal>(shape) => ExactNumber.TryParse(json.GetRawText(), out _)
            ? []
            : [new Violation(path, "field_invalid", $"The field '{path}' has more digits than an amount can have. Send at most 28.")],
        (JsonTypeInfoKind.None, JsonValueKind.Number) when Is<int>(shape) => json.TryGetInt32(out _)
            ? []
            : [new Violation(
                path,
                "field_invalid",
                $"The field '{path}' must be a whole number, only of digits, from {int.MinValue} to {int.MaxValue}.")],
        _ => [],
    };

    private static bool Is<T>(JsonTypeInfo shape)
        where T : struct => shape.Type == typeof(T) || shape.Type == typeof(T?);

    private static IEnumerable<Violation> CompareFields(JsonElement json, JsonTypeInfo shape, string path)
    {
        var known = shape.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject())
        {
            var fieldPath = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (!known.Remove(field.Name, out var property))
                yield return new Violation(Shortened(fieldPath), "field_unknown", $"There is no field '{Shortened(fieldPath)}' here.");
            else if (field.Value.ValueKind != JsonValueKind.Null)
                foreach (var violation in Compare(field.Value, shape.Options.GetTypeInfo(property.PropertyType), fieldPath)) yield return violation;
        }

        foreach (var missing in known.Values.Where(property => property.IsRequired).Select(property => path.Length == 0 ? property.Name : $"{path}.{property.Name}"))
            yield return new Violation(missing, "field_missing", $"The field '{missing}' is missing.");
    }

    private static string Shortened(string path) => path.Length <= MaxQuoted ? path : $"{path[..(char.IsHighSurrogate(path[MaxQuoted - 1]) ? MaxQuoted - 1 : MaxQuoted)]}…";
}
