using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>What is known of a product, and how it became known.</summary>
/// <param name="Item">Null where there is no such product; without a document once it is deleted.</param>
/// <param name="IsFolded">Whether it was folded from events, not read from the read model.</param>
/// <param name="MayLackNewest">Whether only the log could be read, which may lack the newest commit.</param>
public sealed record ProductView(
    ReadModelItem<ProductDocument>? Item,
    bool IsFolded,
    bool MayLackNewest)
{
    public long Version => Item?.Version ?? 0;
}
