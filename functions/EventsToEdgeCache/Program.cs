using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddServedVersions(function.Configuration, ShopReadModels.All, ShopReadModels.Products);
    function.Services.AddEdgeCache(function.Configuration);
    function.Services.AddEventFollower(function.Configuration, ShopDomain.Instance, "EventsToEdgeCache");
    function.Services.AddSingleton<ISqsBatchHandler, EdgeCacheBatchHandler>();
});
