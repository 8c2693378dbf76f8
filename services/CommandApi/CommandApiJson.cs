using System.Text.Json.Serialization;
using ServerlessCqrs.CommandApi.Orders;
using ServerlessCqrs.CommandApi.Products;
using ServerlessCqrs.CommandApi.Reviews;
using ServerlessCqrs.CommandApi.Users;

namespace ServerlessCqrs.CommandApi;

/// <summary>The request bodies as the OpenAPI document describes them; <see cref="RequestJson"/> reads them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewProductBody))]
[JsonSerializable(typeof(PriceBody))]
[JsonSerializable(typeof(ProductPatchBody))]
[JsonSerializable(typeof(StockBody))]
[JsonSerializable(typeof(ImageBody))]
[JsonSerializable(typeof(NewOrderBody))]
[JsonSerializable(typeof(RejectionBody))]
[JsonSerializable(typeof(ReviewBody))]
[JsonSerializable(typeof(UserBody))]
internal sealed partial class CommandApiJson : JsonSerializerContext;
