using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.Health;

namespace ServerlessCqrs.Web;

/// <summary>The JSON of the framework's own answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(AnswerTime)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(CommandStatusBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(SyncLagBody))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Violation[]))]
[JsonSerializable(typeof(long))]
internal sealed partial class WebJson : JsonSerializerContext
{
    private static WebJson? _plain;

    /// <inheritdoc cref="PlainJson"/>
    public static WebJson Plain => _plain ??= new(PlainJson.OptionsOf(Default));
}
