using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.Graph;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.History;
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
        services.AddProjections(configuration, ShopReadModels.All);
        services.AddShopQueries();
        services.AddSalesRankings(configuration);
        // Readers reach snapshots through the circuit of the log.
        services.Replace(ServiceDescriptor.Singleton(all => ShopReadModels.All.Over(
            all.GetRequiredService<ReadModelStores>(),
            all.GetRequiredService<StreamReader>(),
            all.GetRequiredService<GuardedLog>())));
        services.AddSingleton<ReadModelCircuits>().AddSingleton(Products);
        services.AddSingleton<ProductVersions>().AddSingleton<ProductFolds>().AddSingleton<ProductReader>().AddSingleton<ProductSellers>();
        services.AddSingleton<OrderReader>().AddSingleton<ReviewPages>().AddSingleton<RankingReader>().AddSingleton<SearchReader>();
        services.AddGraphReads(() => new Graph.ShopSchema());
        return services;
    }

    private static ServedReadModel Products(IServiceProvider all)
    {
        // No product has this id.
        var nothing = ProductStreams.IdOf(Guid.Empty);
        return new ServedReadModel(
            all.GetRequiredService<ReadModelCircuits>().Products,
            nothing,
            ct => all.GetRequiredService<ReadModelCatalogue>()[ShopReadModels.ProductsV1].LoadVersionsAsync([nothing], ct),
            _ => all.GetRequiredService<CurrentRoutes>().OfAsync(ShopReadModels.Products).AsTask());
    }
}

/// <summary>
/// The circuits of the read models. Each has its own, so that one throttled table does not affect the others.
/// </summary>
public sealed class ReadModelCircuits(Dependencies dependencies)
{
    public Dependency Products { get; } = Of(dependencies, ShopReadModels.ProductsV1);

    public Dependency ProductsV2 { get; } = Of(dependencies, ShopReadModels.ProductsV2);

    public Dependency Search { get; } = Of(dependencies, ShopReadModels.ProductSearchV1);

    public Dependency Orders { get; } = Of(dependencies, ShopReadModels.OrdersV1);

    public Dependency Reviews { get; } = Of(dependencies, ShopReadModels.ReviewsV1);

    /// <summary>The lists of products: many rows at once, in the same tables.</summary>
    public Dependency Lists { get; } = dependencies.Of("product-lists", TimeSpan.FromSeconds(2));

    public Dependency Recommendations { get; } = dependencies.Of("recommendations-v1", TimeSpan.FromSeconds(1));

    private static Dependency Of(Dependencies dependencies, string model) =>
        dependencies.Of(model, ShopReadModels.All[model].ReadLimit);
}

/// <summary>Past read models through a lane's circuits.</summary>
internal static class PastOfLane
{
    public static PastReadModels Past(this Lane lane) => new(lane.Log, lane.Reader, lane.Log);
}
