using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Http;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Violation[]))]
[JsonSerializable(typeof(long))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    private static ProblemJson? _plain;

    /// <inheritdoc cref="PlainJson"/>
    public static ProblemJson Plain => _plain ??= new(PlainJson.OptionsOf(Default));
}
