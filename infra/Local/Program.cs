using ServerlessCqrs.Local;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Topology;

ShopDomain.Instance.EnsureComplete();
return await LocalStack.RunAsync(args, ShopTopology.All, ShopLocal.Additions);
