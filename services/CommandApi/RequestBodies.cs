using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi;

/// <summary>Every request body. They are read strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(NewProductBody))]
[JsonSerializable(typeof(PriceBody))]
[JsonSerializable(typeof(ProductPatchBody))]
[JsonSerializable(typeof(StockBody))]
[JsonSerializable(typeof(ImageBody))]
[JsonSerializable(typeof(NewOrderBody))]
[JsonSerializable(typeof(RejectionBody))]
[JsonSerializable(typeof(ReviewBody))]
[JsonSerializable(typeof(UserBody))]
internal sealed partial class RequestJson : JsonSerializerContext;

/// <summary>Body of <c>POST …/rejection</c>.</summary>
/// <param name="Reason">The reason for people: one line of 1 to 500 characters.</param>
public sealed record RejectionBody(string Reason) : IJsonBody<RejectionBody>
{
    public static JsonTypeInfo<RejectionBody> Json => RequestJson.Default.RejectionBody;
}
