using ServerlessCqrs.Operating;
using ServerlessCqrs.Operator.Demo;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.Operator.Smoke;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator;

/// <summary>The shop, as the framework operates it.</summary>
public static class ShopOperator
{
    public static OperatedSystem System { get; } = new()
    {
        Description = "Operates the shop: imports, verifies, repairs, rebuilds and erases.",
        Domain = ShopDomain.Instance,
        Topology = ShopTopology.All,
        ReadModels = ShopReadModels.All,
        StreamTips = ShopTopology.StreamTips,
        Mails = ShopTopology.Mails,
        Erasure = new CustomerErasure(),
        Computed = SalesRebuild.Rankings,
        EdgeCopies = "the edge may keep a product for 10 s and a list for 5 s",
        Commands = system => [ImportCommand.Create(system), SmokeCommand.Create(system), DemoCommand.Create(system)],
    };
}
