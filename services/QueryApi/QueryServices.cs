using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.History;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Health;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.QueryApi;

/// <summary>Registers the services that answer the shop's queries.</summary>
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

/// <summary>
/// The circuits of the read models. Each has its own, so that one throttled table does not affect the others.
/// </summary>
public sealed class ReadModelCircuits(Dependencies dependencies)
{
    /// <summary>
    /// Products by id. A read takes about 5 ms. If it takes longer than 300 ms, the event store answers sooner.
    /// </summary>
    public Dependency Products { get; } = dependencies.Of("products-v1", TimeSpan.FromMilliseconds(300));

    /// <summary>Products by id in version 2.</summary>
    public Dependency ProductsV2 { get; } = dependencies.Of("products-v2", TimeSpan.FromMilliseconds(300));

    public Dependency Lists { get; } = dependencies.Of("product-lists", TimeSpan.FromSeconds(2));

    public Dependency Search { get; } = dependencies.Of("product-search-v1", TimeSpan.FromSeconds(2));

    public Dependency Orders { get; } = dependencies.Of("orders-v1", TimeSpan.FromSeconds(1));

    public Dependency Reviews { get; } = dependencies.Of("reviews-v1", TimeSpan.FromSeconds(1));

    public Dependency Recommendations { get; } = dependencies.Of("recommendations-v1", TimeSpan.FromSeconds(1));
}

/// <summary>Past read models through a lane's circuits.</summary>
internal static class PastOfLane
{
    public static PastReadModels Past(this Lane lane) => new(lane.Log, lane.Reader, lane.Log);
}
