using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventsToReadModels;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration, ShopDomain.Instance);
    function.Services.AddReadModels(function.Configuration);
    function.Services.AddEventFollower(function.Configuration, ShopDomain.Instance, "EventsToReadModels");
    function.Services.AddSingleton<ISqsBatchHandler, ReadModelBatchHandler>();
});
