using Amazon.CDK;
using Constructs;
using ServerlessCqrs.Cdk.Data;
using ServerlessCqrs.Cdk.Operations;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk;

/// <summary>The topology in three stacks: what must not be lost, what works on it, and what watches it.</summary>
public sealed class ShopDeployment
{
    public ShopDeployment(Construct scope, DeploymentOptions options, PublishedPrograms programs)
    {
        Data = new DataStack(scope, ShopTopology.All.DataStack(options.Name), options, Props("what must not be lost"));
        Services = new ServicesStack(scope, ShopTopology.All.ServicesStack(options.Name), Data, programs, options, Props("what works on it"));
        Operations = new OperationsStack(scope, ShopTopology.All.OperationsStack(options.Name), Services,
            Props("what watches it", holdsSomething: false));
        Tags.Of(scope).Add("shop", options.Name);

        StackProps Props(string what, bool holdsSomething = true) => new()
        {
            Description = $"The shop, {options.Name}: {what}",
            TerminationProtection = options.IsProduction && holdsSomething,
            AnalyticsReporting = false,
        };
    }

    public DataStack Data { get; }

    public ServicesStack Services { get; }

    public OperationsStack Operations { get; }
}
