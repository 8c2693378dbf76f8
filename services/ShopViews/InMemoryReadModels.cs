using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.ShopViews;

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
