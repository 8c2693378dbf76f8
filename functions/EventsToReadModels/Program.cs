using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventsToReadModels;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration, ShopDomain.Instance);
    function.Services.AddProjections(function.Configuration, ShopReadModels.All);
    function.Services.AddEventFollower(function.Configuration, ShopDomain.Instance, "EventsToReadModels");
    function.Services.AddSingleton<ISqsBatchHandler, ReadModelBatchHandler>();
});
