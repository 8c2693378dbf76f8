using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.ShopViews;

/// <summary>What the shop asks its read models.</summary>
public static class ShopQueries
{
    /// <summary>
    /// <see cref="IProductCatalogue"/>, and that of the products' second version under its name as a key;
    /// <see cref="IReviewQueries"/>, <see cref="IOrderQueries"/> and <see cref="IProductSearch"/>. The read models stand beside them.
    /// </summary>
    public static IServiceCollection AddShopQueries(this IServiceCollection services) => services
        .AddSingleton(s => Stores(s).As<IProductCatalogue>(ShopReadModels.ProductDocuments))
        .AddKeyedSingleton(ShopReadModels.ProductsV2, (s, _) => Stores(s).As<IProductCatalogue>(ShopReadModels.ProductDocumentsV2))
        .AddSingleton<IReviewQueries>(s => new ReviewQueries(Stores(s).QueriesOf(ShopReadModels.ReviewDocuments)))
        .AddSingleton<IOrderQueries>(s => new OrderQueries(Stores(s).QueriesOf(ShopReadModels.OrderDocuments)))
        .AddSingleton(s => Stores(s).As<IProductSearch>(ShopReadModels.SearchDocuments));

    private static ReadModelStores Stores(IServiceProvider services) => services.GetRequiredService<ReadModelStores>();
}
