using ServerlessCqrs.ReadModels.Orders;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.ReadModels.Reviews;
using ServerlessCqrs.ReadModels.Search;

namespace ServerlessCqrs.ReadModels;

/// <summary>The read models' stores in memory; for tests and simulations.</summary>
public sealed class InMemoryReadModels
{
    public InMemoryProducts Products { get; } = new();

    public InMemoryProducts<ProductDocumentV2> ProductsV2 { get; } = new();

    public InMemoryReviews Reviews { get; } = new();

    public InMemoryOrders Orders { get; } = new();

    public InMemoryProductSearch Search { get; } = new();

    public ReadModelStores Stores => new(Products, Products.Ratings, ProductsV2, ProductsV2.Ratings, Reviews, Orders, Search);
}
