using System.Text.Json.Serialization;
using ServerlessCqrs.CommandApi.Orders;
using ServerlessCqrs.CommandApi.Products;
using ServerlessCqrs.CommandApi.Reviews;
using ServerlessCqrs.CommandApi.Users;

namespace ServerlessCqrs.CommandApi;

/// <summary>How request bodies are read: to the letter.</summary>
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
