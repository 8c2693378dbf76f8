using ServerlessCqrs.Functions.Writing;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, function => function.Services.AddWritePath(function.Configuration, ShopDomain.Instance));
