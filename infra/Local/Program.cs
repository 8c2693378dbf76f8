using ServerlessCqrs.Local;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Topology;

ShopReadModels.All.EnsureComplete(ShopDomain.Instance);
return await LocalStack.RunAsync(args, ShopTopology.All, ShopLocal.Additions);
