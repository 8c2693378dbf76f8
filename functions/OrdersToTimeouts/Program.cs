using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.OrdersToTimeouts;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration, ShopDomain.Instance);
    function.Services.AddCommandStream(function.Configuration, ShopDomain.Instance, RecordOrder.Any);
    function.Services.AddEventFollower(function.Configuration, ShopDomain.Instance, "OrdersToTimeouts");
    function.Services.AddSingleton<HintedStreams>();
    function.Services.AddSingleton<OverdueOrders>();
    function.Services.AddSingleton<ISqsBatchHandler, TimeoutBatchHandler>();
});
