using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventsToOrders;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Lambda;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration);
    // The events come in any order, so their answers may as well.
    function.Services.AddCommandStream(function.Configuration, RecordOrder.Any);
    function.Services.AddEventFollower(function.Configuration, "EventsToOrders");
    function.Services.AddSingleton<HintedStreams>();
    function.Services.AddSingleton<OrderProcessor>();
    function.Services.AddSingleton<ISqsBatchHandler, OrderBatchHandler>();
});
