using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.OrdersToTimeouts;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration);
    function.Services.AddCommandStream(function.Configuration, RecordOrder.Any);
    function.Services.AddEventFollower(function.Configuration, "OrdersToTimeouts");
    function.Services.AddSingleton<HintedStreams>();
    function.Services.AddSingleton<OverdueOrders>();
    function.Services.AddSingleton<ISqsBatchHandler, TimeoutBatchHandler>();
});
