using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>An event of a <c>product-{uuid}</c> stream.</summary>
public interface IProductEvent : IEvent;

/// <summary>A product went on sale. <paramref name="Price"/> is its base price, and sets its currency.</summary>
[WireName("ProductCreated", 1, EventTags.Document)]
public sealed record ProductCreated(
    string Seller,
    string Name,
    string Description,
    string Category,
    Money Price,
    int Quantity,
    string Warehouse,
    IReadOnlyDictionary<string, string> Specifications,
    IReadOnlyList<ProductImage> Images) : IProductEvent;

/// <summary>An image of a product, as stored in events and documents.</summary>
public sealed record ProductImage(
    Guid ImageId,
    string Url,
    string Alt);

/// <summary>The price changed from <paramref name="Old"/> to <paramref name="New"/>.</summary>
[WireName("ProductPriceUpdated", 1, EventTags.Document, EventTags.Edge, EventTags.Mail)]
public sealed record ProductPriceUpdated(
    Money Old,
    Money New) : IProductEvent;

/// <summary>
/// Descriptive fields changed. Null means unchanged. <paramref name="Specifications"/> contains only the changed ones,
/// and null for a removed one.
/// </summary>
[WireName("ProductDetailsRevised", 1, EventTags.Document, EventTags.Edge)]
public sealed record ProductDetailsRevised(
    string? Name,
    string? Description,
    string? Category,
    IReadOnlyDictionary<string, string?>? Specifications) : IProductEvent;

/// <summary>The stock changed by <paramref name="Delta"/> pieces to <paramref name="Quantity"/>.</summary>
[WireName("InventoryAdjusted", 1, EventTags.Document, EventTags.Edge)]
public sealed record InventoryAdjusted(
    int Delta,
    int Quantity,
    string Reason) : IProductEvent;

/// <summary>An image was added at the end.</summary>
[WireName("ProductImageAdded", 1, EventTags.Document, EventTags.Edge)]
public sealed record ProductImageAdded(ProductImage Image) : IProductEvent;

/// <summary>An image was removed.</summary>
[WireName("ProductImageRemoved", 1, EventTags.Document, EventTags.Edge)]
public sealed record ProductImageRemoved(Guid ImageId) : IProductEvent;

/// <summary>The product went off sale permanently.</summary>
/// <param name="Remaining">The pieces in stock that were written off, or null if that was not recorded.</param>
[WireName("ProductDeleted", 2, EventTags.Document, EventTags.Edge)]
public sealed record ProductDeleted(
    string Reason,
    int? Remaining) : IProductEvent;
