using ServerlessCqrs.Functions.ReadModels;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function => function.Services.AddReadModelUpdates(
    function.Configuration,
    ShopDomain.Instance,
    ShopReadModels.All,
    "EventsToReadModels"));
