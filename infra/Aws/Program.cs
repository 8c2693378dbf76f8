using ServerlessCqrs.Cdk;
using ServerlessCqrs.Deployment;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Topology;

ShopDomain.Instance.EnsureComplete();
return await CdkApp.RunAsync(args, ShopTopology.All, ShopDeployment.Additions);
