using Microsoft.Extensions.Configuration;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Lambda.Metrics;

namespace ServerlessCqrs.Functions;

internal static class MetricSettings
{
    /// <summary>
    /// Returns the function's metrics. Settings: <c>METRIC_NAMESPACE</c>, and <c>AWS_LAMBDA_FUNCTION_NAME</c>, which
    /// Lambda sets.
    /// </summary>
    public static EmbeddedMetrics Metrics(this IConfiguration configuration) => new(
        Console.Out,
        configuration.Required("METRIC_NAMESPACE"),
        configuration.Required("AWS_LAMBDA_FUNCTION_NAME"),
        TimeProvider.System);
}
