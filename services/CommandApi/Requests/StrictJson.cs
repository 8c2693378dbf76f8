using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Http;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.CommandApi.Requests;

/// <summary>Reads a JSON body to the letter: no unknown, missing, repeated or wrongly typed field. What is wrong is told by the field's path, never by the names of our types.</summary>
public static class StrictJson
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Null and the body, or what is wrong.</summary>
    public static Problem? Read<TBody>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<TBody> shape, out TBody? body)
        where TBody : class
    {
        body = null;
        if (utf8.IsEmpty) return Broken("The body is empty; JSON is expected.");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException e)
        {
            return Broken($"The body is no JSON, or names a field twice (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }

        using (document)
        {
            var violations = Compare(document.RootElement, shape, "").ToArray();
            if (violations.Length > 0) return Problem.Of(violations);
            try
            {
                body = document.RootElement.Deserialize(shape);
                return body is null ? Problem.Of([WrongType("")]) : null;
            }
            catch (JsonException e)
            {
                return Problem.Of([WrongType(e.Path is null or "$" ? "" : e.Path.TrimStart('$', '.'))]);
            }
        }
    }

    /// <summary>Unknown and missing fields, at any depth; types are the deserializer's matter.</summary>
    private static IEnumerable<Violation> Compare(JsonElement json, JsonTypeInfo shape, string path) => (shape.Kind, json.ValueKind) switch
    {
        (JsonTypeInfoKind.Object, JsonValueKind.Object) => CompareFields(json, shape, path),
        (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) when shape.ElementType is { } element => json.EnumerateArray()
            .SelectMany((item, i) => Compare(item, shape.Options.GetTypeInfo(element), $"{path}[{i}]")),
        (JsonTypeInfoKind.Enumerable, _) or (JsonTypeInfoKind.Object, _) => [WrongType(path)],
        _ => [],
    };

    private static IEnumerable<Violation> CompareFields(JsonElement json, JsonTypeInfo shape, string path)
    {
        var known = shape.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject())
        {
            var fieldPath = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (!known.Remove(field.Name, out var property))
                yield return new Violation(fieldPath, "field_unknown", $"There is no field '{fieldPath}' here.");
            else if (field.Value.ValueKind != JsonValueKind.Null)
                foreach (var violation in Compare(field.Value, shape.Options.GetTypeInfo(property.PropertyType), fieldPath)) yield return violation;
        }

        foreach (var missing in known.Values.Where(property => property.IsRequired).Select(property => path.Length == 0 ? property.Name : $"{path}.{property.Name}"))
            yield return new Violation(missing, "field_missing", $"The field '{missing}' is missing.");
    }

    private static Violation WrongType(string path) =>
        new(path, "field_invalid", path.Length == 0 ? "The body must be a JSON object." : $"The field '{path}' has a value of a wrong type, or null.");

    private static Problem Broken(string detail) => new(StatusCodes.Status400BadRequest, "json_invalid", detail);
}
