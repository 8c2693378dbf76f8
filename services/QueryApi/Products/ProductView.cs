using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>What is known of a product, and how it became known.</summary>
/// <param name="From">The version of the read model whose document it is.</param>
/// <param name="Item">Null where there is no such product; without a document once it is deleted.</param>
/// <param name="IsFolded">Whether it was folded from events, not read from the read model.</param>
/// <param name="MayLackNewest">Whether only the log could be read, which may lack the newest commit.</param>
/// <param name="Rating">What its reviews say; null where only the product's own events are known.</param>
public sealed record ProductView(
    ProductVersion From,
    ReadModelItem<ProductDocument>? Item,
    bool IsFolded,
    bool MayLackNewest,
    ProductRating? Rating = null)
{
    public long Version => Item?.Version ?? 0;

    /// <summary>The document with its rating, as far as that is known; null where there is none.</summary>
    public ProductDocument? Document => new RatedProduct(Item, Rating ?? ProductRating.None).Document;
}
