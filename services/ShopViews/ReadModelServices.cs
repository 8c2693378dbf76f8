using Amazon.DynamoDBv2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ShopViews;

public static class ReadModelServices
{
    /// <summary>
    /// The read models on DynamoDB: <see cref="ReadModelCatalogue"/>, <see cref="LiveReadModels"/>, <see cref="ReadModelLags"/>, each store as <see cref="IReadModel{TDocument}"/>, and the queries: <see cref="IProductCatalogue"/>,
    /// <see cref="IReviewQueries"/>, <see cref="IOrderQueries"/> and <see cref="IProductSearch"/>; the products' version 2 under its name as a key, and <see cref="CurrentRoutes"/>, which say whom it answers. Each is made when it is first asked for. Settings: <see cref="ReadModelTables"/>. The event store stands beside it.
    /// </summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddDynamoDb();
        services.AddSingleton(s => new DynamoReadModels(s.GetRequiredService<IAmazonDynamoDB>(), ReadModelTables.Of(configuration.Required), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IProjection<ProductDocument>, ProductProjection>();
        services.AddSingleton<IReadModel<ProductDocument>>(s => s.GetRequiredService<DynamoReadModels>().Products);
        services.AddSingleton<IReadModel<ReviewRating>>(s => s.GetRequiredService<DynamoReadModels>().Products.Ratings);
        services.AddSingleton<IReadModel<ProductDocumentV2>>(s => s.GetRequiredService<DynamoReadModels>().ProductsV2);
        services.AddSingleton<IReadModel<ReviewDocument>>(s => s.GetRequiredService<DynamoReadModels>().Reviews);
        services.AddSingleton<IReadModel<OrderDocument>>(s => s.GetRequiredService<DynamoReadModels>().Orders);
        services.AddSingleton<IReadModel<SearchDocument>>(s => s.GetRequiredService<DynamoReadModels>().Search);
        services.AddSingleton<IProductCatalogue>(s => s.GetRequiredService<DynamoReadModels>().Products);
        services.AddKeyedSingleton<IProductCatalogue>(ShopReadModels.ProductsV2, (s, _) => s.GetRequiredService<DynamoReadModels>().ProductsV2);
        services.AddSingleton<IReviewQueries>(s => s.GetRequiredService<DynamoReadModels>().Reviews);
        services.AddSingleton<IOrderQueries>(s => s.GetRequiredService<DynamoReadModels>().Orders);
        services.AddSingleton<IProductSearch>(s => s.GetRequiredService<DynamoReadModels>().Search);
        services.AddSingleton(s => s.GetRequiredService<DynamoReadModels>().Stores);
        services.AddSingleton(s => ShopReadModels.Over(s.GetRequiredService<ReadModelStores>(), s.GetRequiredService<StreamReader>(), s.GetRequiredService<ISnapshots>()));
        services.AddSingleton<ILagWatermarks>(s => new DynamoLagWatermarks(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("CHECKPOINTS_TABLE")));
        services.AddSingleton<IReadModelStates>(s => new DynamoReadModelStates(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("CHECKPOINTS_TABLE")));
        services.AddSingleton<LiveReadModels>();
        services.AddSingleton<ReadModelLags>();
        return services.AddReadModelRoutes(configuration);
    }

    /// <summary>Has <see cref="ReadModelLags"/> record how far each read model is, for all programs. Setting: <c>CHECKPOINTS_TABLE</c>.</summary>
    public static IServiceCollection AddLagRecording(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<ILagRecorder>(s => new DynamoLagWatermarks(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("CHECKPOINTS_TABLE")));

    /// <summary>Who is answered from which version, as <see cref="CurrentRoutes"/>. Setting: <c>CHECKPOINTS_TABLE</c>.</summary>
    private static IServiceCollection AddReadModelRoutes(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IReadModelRoutes>(s => new DynamoReadModelRoutes(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("CHECKPOINTS_TABLE")));
        return services.AddSingleton<CurrentRoutes>();
    }

    /// <summary>The versions of the products' documents, of whichever answer readers, as <see cref="IReadModelVersions"/>. Settings: <c>PRODUCTS_V1_TABLE</c>, <c>PRODUCTS_V2_TABLE</c>, <c>CHECKPOINTS_TABLE</c>.</summary>
    public static IServiceCollection AddServedProductVersions(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddDynamoDb();
        services.AddReadModelRoutes(configuration);
        return services.AddSingleton<IReadModelVersions>(s =>
        {
            DynamoVersions Versions(string setting) => new(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required(setting));
            return new ServedProductVersions(
                Versions("PRODUCTS_V1_TABLE"),
                new Dictionary<string, IReadModelVersions> { [ShopReadModels.ProductsV2] = Versions("PRODUCTS_V2_TABLE") },
                s.GetRequiredService<CurrentRoutes>());
        });
    }
}
