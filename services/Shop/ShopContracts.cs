using System.Text.Json.Serialization;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.Shop;

/// <summary>Every command and event that may travel or be stored, in every version still readable.</summary>
public static class ShopContracts
{
    public static WireContracts Commands { get; } = new(
        ShopJson.Default,
        typeof(CreateProduct),
        typeof(UpdateProductPrice),
        typeof(ReviseProductDetails),
        typeof(AdjustInventory),
        typeof(AddProductImage),
        typeof(RemoveProductImage),
        typeof(DeleteProduct),
        typeof(WatchPrice),
        typeof(UnwatchPrice));

    public static WireContracts Events { get; } = new(
        ShopJson.Default,
        typeof(ProductCreated),
        typeof(ProductPriceUpdated),
        typeof(ProductDetailsRevised),
        typeof(InventoryAdjusted),
        typeof(ProductImageAdded),
        typeof(ProductImageRemoved),
        typeof(ProductDeleted),
        typeof(PriceWatched),
        typeof(PriceUnwatched));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CreateProduct))]
[JsonSerializable(typeof(UpdateProductPrice))]
[JsonSerializable(typeof(ReviseProductDetails))]
[JsonSerializable(typeof(AdjustInventory))]
[JsonSerializable(typeof(AddProductImage))]
[JsonSerializable(typeof(RemoveProductImage))]
[JsonSerializable(typeof(DeleteProduct))]
[JsonSerializable(typeof(WatchPrice))]
[JsonSerializable(typeof(UnwatchPrice))]
[JsonSerializable(typeof(ProductCreated))]
[JsonSerializable(typeof(ProductPriceUpdated))]
[JsonSerializable(typeof(ProductDetailsRevised))]
[JsonSerializable(typeof(InventoryAdjusted))]
[JsonSerializable(typeof(ProductImageAdded))]
[JsonSerializable(typeof(ProductImageRemoved))]
[JsonSerializable(typeof(ProductDeleted))]
[JsonSerializable(typeof(PriceWatched))]
[JsonSerializable(typeof(PriceUnwatched))]
[JsonSerializable(typeof(ProductState))]
[JsonSerializable(typeof(WatchState))]
internal sealed partial class ShopJson : JsonSerializerContext;
