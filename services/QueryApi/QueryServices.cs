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

/// <summary>The read models that the service reads, each with a circuit of its own: a throttled table must not hide the others.</summary>
public sealed class ReadModelCircuits(Dependencies dependencies)
{
    /// <summary>Products by id: a read takes some 5 ms, and what takes longer than 300 ms is answered sooner from the event store.</summary>
    public Dependency Products { get; } = dependencies.Of("products-v1", TimeSpan.FromMilliseconds(300));

    /// <summary>The same of version 2, where it answers.</summary>
    public Dependency ProductsV2 { get; } = dependencies.Of("products-v2", TimeSpan.FromMilliseconds(300));

    public Dependency Lists { get; } = dependencies.Of("product-lists", TimeSpan.FromSeconds(2));

    public Dependency Search { get; } = dependencies.Of("product-search-v1", TimeSpan.FromSeconds(2));

    public Dependency Orders { get; } = dependencies.Of("orders-v1", TimeSpan.FromSeconds(1));

    public Dependency Reviews { get; } = dependencies.Of("reviews-v1", TimeSpan.FromSeconds(1));

    public Dependency Recommendations { get; } = dependencies.Of("recommendations-v1", TimeSpan.FromSeconds(1));
}

/// <summary>The read models as they were, through a lane's circuits.</summary>
internal static class PastOfLane
{
    public static PastReadModels Past(this Lane lane) => new(lane.Log, lane.Reader, lane.Log);
}
