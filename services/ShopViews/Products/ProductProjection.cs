using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>How events become the product document, version 1. Another shape of the document is another version, in a table of its own, that fills while this one serves.</summary>
public sealed class ProductProjection : IProjection<ProductDocument>
{
    public string Category => ProductStreams.Category;

    /// <summary>2: names in another normal form, and with Latin letters beyond Latin-1, have better slugs.</summary>
    public ShapeVersion Shape => new(2, "9UI05VTCzFw");

    public IReadOnlyList<string> ChangedPaths { get; } = ["$.document.slug"];

    /// <summary>Only reviews add to a product.</summary>
    public bool AddsToAggregates => false;

    public JsonTypeInfo<ProductDocument> Json => ProductJson.Default.ProductDocument;

    public ProductDocument? Apply(ProductDocument? document, EventRecord e) => (document, e.Event) switch
    {
        (null, ProductCreated created) => Create(created, e),
        (not null, ProductDeleted) => null,
        // An order may still ask for a deleted product.
        (null, StockReservationDeclined) when e.Version > 1 => null,
        (not null, IProductEvent change) => Change(document, change) with { Version = e.Version, UpdatedAt = e.At },
        _ => throw new InvalidOperationException($"{e.Type} at version {e.Version} cannot happen to {(document is null ? "no product" : "a product")}."),
    };

    private static ProductDocument Create(ProductCreated created, EventRecord e) => new(
        Id: Guid.Parse(e.Stream.Key),
        created.Name,
        Slug.Of(created.Name),
        created.Description,
        created.Category,
        Ordered(created.Specifications),
        new ProductInventory(created.Quantity, created.Warehouse),
        Pricing(created.Price.Amount, created.Price),
        [.. created.Images.Select(Image)],
        AverageRating: 0,
        TotalReviews: 0,
        InStock: created.Quantity > 0,
        created.Seller,
        e.Version,
        CreatedAt: e.At,
        UpdatedAt: e.At);

    private static ProductDocument Change(ProductDocument product, IProductEvent change) => change switch
    {
        ProductPriceUpdated updated => product with { Pricing = Pricing(product.Pricing.BasePrice, updated.New) },
        ProductDetailsRevised revised => product with
        {
            Name = revised.Name ?? product.Name,
            Slug = revised.Name is { } name ? Slug.Of(name) : product.Slug,
            Description = revised.Description ?? product.Description,
            Category = revised.Category ?? product.Category,
            Specifications = revised.Specifications is { } changes ? Merged(product.Specifications, changes) : product.Specifications,
        },
        InventoryAdjusted adjusted => InStock(product, adjusted.Quantity),
        StockReserved reserved => InStock(product, reserved.Remaining),
        StockReleased released => InStock(product, released.Remaining),
        StockReturned returned => InStock(product, returned.Remaining),
        StockReservationDeclined or ReservationBarred or ReservationCompleted => product,
        ProductImageAdded added => product with { Images = [.. product.Images, Image(added.Image)] },
        ProductImageRemoved removed => product with { Images = [.. product.Images.Where(image => image.Id != removed.ImageId)] },
        _ => throw new InvalidOperationException($"{change.GetType().Name} is no change of a product."),
    };

    private static ProductDocument InStock(ProductDocument product, int quantity) => product with
    {
        Inventory = product.Inventory with { Quantity = quantity },
        InStock = quantity > 0,
    };

    private static ProductPricing Pricing(decimal basePrice, Money current) => new(
        basePrice,
        current.Amount,
        current.Amount < basePrice ? decimal.Round((basePrice - current.Amount) * 100 / basePrice, 2) : 0,
        current.Currency);

    private static ProductDocumentImage Image(ProductImage image) => new(image.ImageId, image.Url, image.Alt);

    private static SortedDictionary<string, string> Merged(IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string?> changes)
    {
        var merged = Ordered(old);
        foreach (var (key, value) in changes)
        {
            if (value is null) merged.Remove(key);
            else merged[key] = value;
        }

        return merged;
    }

    /// <summary>In ordinal order, whatever the way: the same product is the same JSON.</summary>
    private static SortedDictionary<string, string> Ordered(IReadOnlyDictionary<string, string> specifications) =>
        new(specifications.ToDictionary(), StringComparer.Ordinal);
}
