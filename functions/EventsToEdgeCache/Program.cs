using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.Functions.EdgeCache;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function => function.Services.AddEdgeCache(
    function.Configuration,
    ShopDomain.Instance,
    ShopReadModels.All,
    ShopReadModels.Products,
    "EventsToEdgeCache",
    ProductChanges.Of));
