using Amazon.DynamoDBv2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.ReadModels.Dynamo;
using ServerlessCqrs.ReadModels.Lag;
using ServerlessCqrs.ReadModels.Products;

namespace ServerlessCqrs.ReadModels;

public static class ReadModelServices
{
    /// <summary>
    /// The read models on DynamoDB: <see cref="IReadModel{TDocument}"/>, <see cref="IProductCatalogue"/>, <see cref="IProjection{TDocument}"/>, <see cref="Projector{TDocument}"/>,
    /// <see cref="IReadModelVersions"/> (by the table alone) and <see cref="SyncLag"/>, each made when it is first asked for. Settings: <c>PRODUCTS_V1_TABLE</c>, and <c>CHECKPOINTS_TABLE</c> for all but the versions.
    /// The projector and the lag need the event store beside it.
    /// </summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddDynamoDb();
        services.AddSingleton<IProjection<ProductDocument>, ProductProjection>();
        services.AddSingleton<Projector<ProductDocument>>();
        services.AddSingleton(s => new KnownCategories(
            s.GetRequiredService<IAmazonDynamoDB>(),
            configuration.Required("CHECKPOINTS_TABLE"),
            DynamoProductsV1.ReadModelName,
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new DynamoProductsV1(
            s.GetRequiredService<IAmazonDynamoDB>(),
            configuration.Required("PRODUCTS_V1_TABLE"),
            s.GetRequiredService<KnownCategories>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IReadModel<ProductDocument>>(s => s.GetRequiredService<DynamoProductsV1>());
        services.AddSingleton<IProductCatalogue>(s => s.GetRequiredService<DynamoProductsV1>());
        services.AddSingleton<IReadModelVersions>(s => new DynamoVersions(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("PRODUCTS_V1_TABLE"), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ILagWatermarks>(s => new DynamoLagWatermarks(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("CHECKPOINTS_TABLE")));
        services.AddSingleton(s => new SyncLag(
            DynamoProductsV1.ReadModelName,
            s.GetRequiredService<IProjection<ProductDocument>>().Category,
            s.GetRequiredService<IEventHistory>(),
            s.GetRequiredService<IReadModelVersions>(),
            s.GetRequiredService<ILagWatermarks>(),
            s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
