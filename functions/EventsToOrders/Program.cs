using ServerlessCqrs.EventsToOrders;
using ServerlessCqrs.Functions.Processes;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, function => function.Services.AddProcess<OrderProcessor>(
    function.Configuration,
    ShopDomain.Instance,
    "EventsToOrders",
    process => process.AnswerAsync));
