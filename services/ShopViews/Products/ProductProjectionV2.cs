using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>How events become the product document, version 2: version 1's, and more.</summary>
public sealed class ProductProjectionV2 : IProjection<ProductDocumentV2>
{
    /// <summary>A price that changes daily is told for a season; a point is some 60 bytes of an item.</summary>
    public const int MostPrices = 100;

    private readonly ProductProjection _first = new();

    public string Category => ProductStreams.Category;

    /// <inheritdoc cref="ProductProjection.Shape"/>
    public ShapeVersion Shape => new(2, "I7fbasoNGDw");

    public IReadOnlyList<string> ChangedPaths { get; } = ["$.document.slug", "$.document.searchName"];

    /// <summary>Only reviews add to a product.</summary>
    public bool AddsToAggregates => false;

    public JsonTypeInfo<ProductDocumentV2> Json => ProductJson.Default.ProductDocumentV2;

    public ProductDocumentV2? Apply(ProductDocumentV2? document, EventRecord e) => _first.Apply(document, e) is { } product
        ? new ProductDocumentV2(product, PricesAfter(document?.PriceHistory ?? [], e), string.Join(' ', SearchWords.Written(product.Name)))
        : null;

    private static IReadOnlyList<PricePoint> PricesAfter(IReadOnlyList<PricePoint> before, EventRecord e) => e.Event switch
    {
        ProductCreated created => [new PricePoint(e.At, created.Price.Amount)],
        ProductPriceUpdated updated => [.. before.Skip(Math.Max(0, before.Count - MostPrices + 1)), new PricePoint(e.At, updated.New.Amount)],
        _ => before,
    };
}
