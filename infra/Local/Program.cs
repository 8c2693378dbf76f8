using ServerlessCqrs.Local;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Topology;

return await LocalStack.RunAsync(args, ShopTopology.All, ShopLocal.Additions);
