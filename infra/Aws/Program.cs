using ServerlessCqrs.Cdk;
using ServerlessCqrs.Deployment;
using ServerlessCqrs.Topology;

return await CdkApp.RunAsync(args, ShopTopology.All, ShopDeployment.Additions);
