using ServerlessCqrs.Cdk;
using ServerlessCqrs.Deployment;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Topology;

ShopReadModels.All.EnsureComplete(ShopDomain.Instance);
return await CdkApp.RunAsync(args, ShopTopology.All, ShopDeployment.Additions);
