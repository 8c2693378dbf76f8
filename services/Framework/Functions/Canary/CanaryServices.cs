using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Canary;

public static class CanaryServices
{
    /// <summary>
    /// Registers the function that writes the canary's stream and measures when a read model shows the change. Settings:
    /// those of the tips, of the command stream and of the read model, <c>METRIC_NAMESPACE</c> and <c>METRIC_NAME</c>.
    /// </summary>
    /// <param name="family">All versions of the read model, for example <c>accounts</c>.</param>
    public static IServiceCollection AddCanary(
        this IServiceCollection services,
        IConfiguration configuration,
        Domain domain,
        ReadModelDeclarations models,
        string family,
        CanaryStream canary)
    {
        services.AddStreamTips(configuration, domain);
        services.AddCommandStream(configuration, domain);
        services.AddServedVersions(configuration, models, family);
        services.AddSingleton<ILagMetric>(new EmbeddedLagMetric(configuration.Metrics(), configuration.Required("METRIC_NAME")));
        services.AddSingleton(canary);
        return services.AddSingleton<IScheduledHandler, CanaryHandler>();
    }
}
