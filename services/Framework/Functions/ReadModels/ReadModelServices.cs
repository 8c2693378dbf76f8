using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.ReadModels;

public static class ReadModelServices
{
    /// <summary>
    /// Registers the function that projects events onto the read models. Settings: those of the event store, of the
    /// read models and of the follower.
    /// </summary>
    /// <param name="function">The function's name, which its dead letters carry.</param>
    public static IServiceCollection AddReadModelUpdates(
        this IServiceCollection services,
        IConfiguration configuration,
        Domain domain,
        ReadModelDeclarations models,
        string function)
    {
        services.AddEventStore(configuration, domain);
        services.AddProjections(configuration, models);
        services.AddEventFollower(configuration, domain, function);
        return services.AddSingleton<ISqsBatchHandler, ReadModelBatchHandler>();
    }
}
