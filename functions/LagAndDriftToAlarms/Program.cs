using Amazon.DynamoDBv2;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.LagAndDriftToAlarms;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Lambda.Metrics;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Reconciling;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration, ShopDomain.Instance);
    function.Services.AddProjections(function.Configuration, ShopReadModels.All);
    function.Services.AddReconciling(function.Configuration);
    function.Services.AddSingleton<IHealthMetrics>(new EmbeddedHealthMetrics(
        new EmbeddedMetrics(Console.Out, function.Configuration.Required("METRIC_NAMESPACE"), function.Configuration.Required("AWS_LAMBDA_FUNCTION_NAME"), TimeProvider.System),
        function.Configuration.Required("LAG_METRIC"),
        function.Configuration.Required("DRIFT_METRIC"),
        function.Configuration.Required("STUCK_METRIC")));
    function.Services.AddSingleton<IScheduledHandler, HealthHandler>();
});
