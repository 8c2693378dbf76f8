using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.QueryApi.Orders;
using ServerlessCqrs.QueryApi.Products;
using ServerlessCqrs.QueryApi.Recommendations;
using ServerlessCqrs.QueryApi.Reviews;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Health;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.QueryApi;

/// <summary>What answers queries of the shop.</summary>
public static class QueryServices
{
    public static IServiceCollection AddQueries(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddQueryServing(configuration, ShopDomain.Instance);
        services.AddReadModels(configuration);
        services.AddSalesRankings(configuration);
        services.AddSingleton(all => ShopReadModels.Over(all.GetRequiredService<ReadModelStores>(), all.GetRequiredService<StreamReader>(), all.GetRequiredService<GuardedLog>()));
        services.AddSingleton<ReadModelCircuits>().AddSingleton(Products);
        services.AddSingleton<ProductVersions>().AddSingleton<ProductFolds>().AddSingleton<ProductReader>().AddSingleton<ProductSellers>();
        services.AddSingleton<OrderReader>().AddSingleton<ReviewPages>().AddSingleton<RankingReader>();
        return services;
    }

    private static ServedReadModel Products(IServiceProvider all)
    {
        // No product has this id.
        var nothing = ProductStreams.IdOf(Guid.Empty);
        return new ServedReadModel(
            all.GetRequiredService<ReadModelCircuits>().Products,
            nothing,
            ct => all.GetRequiredService<IReadModel<ProductDocument>>().LoadAsync([nothing], ct),
            _ => all.GetRequiredService<CurrentRoutes>().OfAsync(ShopReadModels.Products).AsTask());
    }
}
