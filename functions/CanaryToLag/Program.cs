using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.CanaryToLag;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Lambda.Metrics;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddStreamTips(function.Configuration, ShopDomain.Instance);
    function.Services.AddCommandStream(function.Configuration, ShopDomain.Instance);
    function.Services.AddServedVersions(function.Configuration, ShopReadModels.All, ShopReadModels.Products);
    function.Services.AddSingleton<ILagMetric>(new EmbeddedLagMetric(
        new EmbeddedMetrics(Console.Out, function.Configuration.Required("METRIC_NAMESPACE"), function.Configuration.Required("AWS_LAMBDA_FUNCTION_NAME"), TimeProvider.System),
        function.Configuration.Required("METRIC_NAME")));
    function.Services.AddSingleton<IScheduledHandler, CanaryHandler>();
});
