using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventsToOrders;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration, ShopDomain.Instance);
    // The events arrive in any order, so the commands may too.
    function.Services.AddCommandStream(function.Configuration, ShopDomain.Instance, RecordOrder.Any);
    function.Services.AddEventFollower(function.Configuration, ShopDomain.Instance, "EventsToOrders");
    function.Services.AddSingleton<HintedStreams>();
    function.Services.AddSingleton<OrderProcessor>();
    function.Services.AddSingleton<ISqsBatchHandler, OrderBatchHandler>();
});
