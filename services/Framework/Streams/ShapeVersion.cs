using System.Reflection;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Streams;

/// <summary>The version of stored JSON. The domain's check compares the print, so a changed shape is noticed.</summary>
/// <param name="Number">Raise it when the JSON changes, or the way in which it follows from events.</param>
/// <param name="Print">A print of the JSON's schema. The domain's check says what to write.</param>
public readonly record struct ShapeVersion(
    int Number,
    string Print)
{
    /// <summary>Returns what to do if the JSON is not the one of the print, or null.</summary>
    /// <param name="place">A method in the file that declares this shape.</param>
    internal string? ProblemWith(JsonTypeInfo json, MethodBase place)
    {
        var print = Fingerprint.Of(json.GetJsonSchemaAsNode().ToJsonString());
        if (print == Print) return null;
        return string.IsNullOrEmpty(Print)
            ? $"The shape of {json.Type.Name} has no print. Write new({Number}, \"{print}\") in {SourceFile.Of(place)}."
            : $"The JSON of {json.Type.Name} changed, and its shape did not. Write new({Number + 1}, \"{print}\") in {SourceFile.Of(place)}.";
    }
}
