using Amazon.CDK;
using Constructs;
using ServerlessCqrs.Cdk.Data;
using ServerlessCqrs.Cdk.Operations;
using ServerlessCqrs.Cdk.Rights;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk;

/// <summary>The topology in three stacks: data, services and operations.</summary>
public sealed class SystemStacks
{
    public SystemStacks(Construct scope, SystemTopology system, DeploymentOptions options, PublishedPrograms programs, IReadOnlyList<OperatorRight> operatorRights)
    {
        Data = new DataStack(scope, system.DataStack(options.Name), system, options, Props("what must not be lost"));
        Services = new ServicesStack(scope, system.ServicesStack(options.Name), Data, programs, operatorRights, Props("what works on it"));
        Operations = new OperationsStack(scope, system.OperationsStack(options.Name), Services,
            Props("what watches it", holdsSomething: false));
        Tags.Of(scope).Add(system.Name, options.Name);

        StackProps Props(string what, bool holdsSomething = true) => new()
        {
            Description = $"The {system.Name}, {options.Name}: {what}",
            TerminationProtection = options.IsProduction && holdsSomething,
            AnalyticsReporting = false,
        };
    }

    public DataStack Data { get; }

    public ServicesStack Services { get; }

    public OperationsStack Operations { get; }
}
