using ServerlessCqrs.Operating;

namespace ServerlessCqrs.Accounts;

/// <summary>The bank, as the framework operates it.</summary>
public static class AccountOperator
{
    public static OperatedSystem System { get; } = new()
    {
        Description = "Operates the bank: verifies, repairs and rebuilds.",
        Domain = AccountDomain.Instance,
        Topology = AccountTopology.All,
        ReadModels = AccountViews.All,
        StreamTips = AccountTopology.StreamTips,
        LocalProject = AccountTopology.Project,
    };
}
