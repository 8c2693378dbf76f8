using Amazon.DynamoDBv2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Reconciling;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Projections;

/// <summary>Puts the declared read models together from a program's settings: the name of each table, by <see cref="ReadModelDeclarations.SettingOf"/>.</summary>
public static class ProjectionServices
{
    /// <summary>
    /// The read models on DynamoDB: <see cref="ReadModelStores"/>, <see cref="ReadModelCatalogue"/>, <see cref="LiveReadModels"/>,
    /// <see cref="ReadModelLags"/> and <see cref="CurrentRoutes"/>. Each is made when it is first asked for. The event store stands
    /// beside them.
    /// </summary>
    public static IServiceCollection AddProjections(this IServiceCollection services, IConfiguration configuration, ReadModelDeclarations models)
    {
        services.AddSingleton(models);
        services.AddCheckpoints(configuration);
        services.AddSingleton(s => ReadModelStores.OnDynamo(models, s.GetRequiredService<IAmazonDynamoDB>(), configuration.NameOf, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => models.Over(s.GetRequiredService<ReadModelStores>(), s.GetRequiredService<StreamReader>(), s.GetRequiredService<ISnapshots>()));
        services.AddSingleton<ILagWatermarks>(s => new DynamoLagWatermarks(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Checkpoints()));
        services.AddSingleton<IReadModelStates>(s => new DynamoReadModelStates(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Checkpoints()));
        services.AddSingleton<LiveReadModels>();
        services.AddSingleton<ReadModelLags>();
        return services;
    }

    /// <summary>What finds items that are behind, and repairs them; and the lag, recorded for all programs. The read models stand beside it.</summary>
    public static IServiceCollection AddReconciling(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ILagRecorder>(s => new DynamoLagWatermarks(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Checkpoints()));
        services.AddSingleton<IBuildCheckpoints>(s => new DynamoBuildCheckpoints(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Checkpoints()));
        return services.AddSingleton<Reconciler>();
    }

    /// <summary>How far a read model's documents are for every reader, as <see cref="IReadModelVersions"/>, without the read models themselves.</summary>
    /// <param name="family">What all its versions are called together.</param>
    public static IServiceCollection AddServedVersions(this IServiceCollection services, IConfiguration configuration, ReadModelDeclarations models, string family)
    {
        services.AddCheckpoints(configuration);
        return services.AddSingleton<IReadModelVersions>(s =>
        {
            var versions = models.VersionsOf(family).Select(model => (model.Name, Versions: new DynamoVersions(s.GetRequiredService<IAmazonDynamoDB>(), configuration.NameOf(model.Table)))).ToList();
            return new ServedVersions(
                family,
                versions[0].Versions,
                versions.Skip(1).ToDictionary(version => version.Name, IReadModelVersions (version) => version.Versions),
                s.GetRequiredService<CurrentRoutes>());
        });
    }

    /// <summary>What a declared table is called where the program runs.</summary>
    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public static string NameOf(this IConfiguration configuration, Table table) => configuration.Required(ReadModelDeclarations.SettingOf(table));

    /// <summary>DynamoDB, and who is answered from which version.</summary>
    private static void AddCheckpoints(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddDynamoDb();
        services.AddSingleton<IReadModelRoutes>(s => new DynamoReadModelRoutes(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Checkpoints()));
        services.AddSingleton<CurrentRoutes>();
    }

    private static string Checkpoints(this IConfiguration configuration) => configuration.NameOf(ReadModelDeclarations.Checkpoints);
}
