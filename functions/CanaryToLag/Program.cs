using ServerlessCqrs.CanaryToLag;
using ServerlessCqrs.Functions.Canary;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function => function.Services.AddCanary(
    function.Configuration,
    ShopDomain.Instance,
    ShopReadModels.All,
    ShopReadModels.Products,
    ProductCanary.Stream));
