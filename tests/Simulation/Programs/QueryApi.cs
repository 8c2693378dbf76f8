using Amazon.DynamoDBv2;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.QueryApi;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The query service.</summary>
internal static class QueryApi
{
    public static HttpProgram Program(Parts parts) => HttpProgram.Of<ProductReader>(ShopTopology.QueryApi, parts.QueryApi);

    /// <summary>Creates the services of one instance.</summary>
    public static IServiceCollection Services(World world, SimProcess process)
    {
        var isEarlier = world.ReleaseOf(ShopTopology.QueryApi.Name) == Release.Before;
        var tips = world.Parts.QueriedTips(Stores.Tips(world, process));
        var services = new ServiceCollection();
        services.AddQueries(SimEnvironment.Configuration(ShopTopology.QueryApi));
        services
            .AddSingleton<TimeProvider>(process.Clock)
            .AddSingleton(ReadOnlyDynamoDb.Of(world.Parts.DynamoDb(world.DynamoDb), operation => world.Simulator.Violate(Invariants.QueriesOnlyRead, operation)))
            .AddSingleton(isEarlier ? new EarlierTips(tips) : tips)
            .AddSingleton<IEventLog>(world.Log)
            .AddSingleton<IStreamLookup>(world.Log)
            .AddSingleton<IAuditTrail>(world.Log)
            .AddSingleton(world.Snapshots)
            .AddSingleton<IPersonalData>(world.Personal)
            .AddSingleton<IEventHistory>(isEarlier ? new EarlierHistory(world.Log) : world.Log)
            .AddSingleton(world.Parts.QueriedProducts(Stores.ReadModels(world, process).As<IProductCatalogue>(ShopReadModels.ProductDocuments), world.Dice));
        world.Parts.QueryParts?.Invoke(services);
        return services;
    }
}
