using ServerlessCqrs.Functions.Processes;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.OrdersToTimeouts;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, function => function.Services.AddProcess<OverdueOrders>(
    function.Configuration,
    ShopDomain.Instance,
    "OrdersToTimeouts",
    overdue => overdue.ExpireAsync));
