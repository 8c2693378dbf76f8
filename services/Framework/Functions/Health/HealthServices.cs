using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Health;

public static class HealthServices
{
    /// <summary>
    /// Registers the function that measures and reconciles the read models. Settings: those of the event store and of
    /// the read models, <c>METRIC_NAMESPACE</c>, <c>LAG_METRIC</c>, <c>DRIFT_METRIC</c> and <c>STUCK_METRIC</c>.
    /// </summary>
    public static IServiceCollection AddReadModelHealth(
        this IServiceCollection services,
        IConfiguration configuration,
        Domain domain,
        ReadModelDeclarations models)
    {
        services.AddEventStore(configuration, domain);
        services.AddProjections(configuration, models);
        services.AddReconciling(configuration);
        services.AddSingleton<IHealthMetrics>(new EmbeddedHealthMetrics(
            configuration.Metrics(),
            configuration.Required("LAG_METRIC"),
            configuration.Required("DRIFT_METRIC"),
            configuration.Required("STUCK_METRIC")));
        return services.AddSingleton<IScheduledHandler, HealthHandler>();
    }
}
