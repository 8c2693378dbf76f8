using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using ServerlessCqrs.CommandApi.Answers;
using ServerlessCqrs.CommandApi.Orders;
using ServerlessCqrs.CommandApi.Products;
using ServerlessCqrs.CommandApi.Requests;
using ServerlessCqrs.CommandApi.Reviews;
using ServerlessCqrs.CommandApi.Users;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi;

/// <summary>How answers are written. The request bodies are here for the OpenAPI document only; they are read by <see cref="RequestJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Violation[]))]
[JsonSerializable(typeof(NewProductBody))]
[JsonSerializable(typeof(PriceBody))]
[JsonSerializable(typeof(ProductPatchBody))]
[JsonSerializable(typeof(StockBody))]
[JsonSerializable(typeof(ImageBody))]
[JsonSerializable(typeof(NewOrderBody))]
[JsonSerializable(typeof(RejectionBody))]
[JsonSerializable(typeof(ReviewBody))]
[JsonSerializable(typeof(UserBody))]
internal sealed partial class CommandApiJson : JsonSerializerContext
{
    private static CommandApiJson? _plain;

    /// <inheritdoc cref="PlainJson"/>
    public static CommandApiJson Plain => _plain ??= new(PlainJson.OptionsOf(Default));
}
