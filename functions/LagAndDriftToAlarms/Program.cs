using ServerlessCqrs.Functions.Health;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;

return await FunctionHost.RunAsync(args, function =>
    function.Services.AddReadModelHealth(function.Configuration, ShopDomain.Instance, ShopReadModels.All));
