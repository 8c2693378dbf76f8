using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// A program of the topology as a Lambda function. Its own role initially allows only its log and its traces.
/// </summary>
public sealed class ProgramFunction : Construct
{
    /// <summary>This version of the CDK has no constant for it.</summary>
    private static readonly Runtime DotNet10 = new("dotnet10", RuntimeFamily.DOTNET_CORE, new LambdaRuntimeProps { SupportsInlineCode = false });

    public ProgramFunction(ServicesStack stack, Topology.Program program)
        : base(stack, program.Name)
    {
        var network = ProgramSettings.NeedsEventStore(program) ? stack.Data.EventStore.Network : null;
        Logs = new LogGroup(this, "Logs", new LogGroupProps { Retention = stack.Options.LogRetention(), RemovalPolicy = RemovalPolicy.DESTROY });
        var role = new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        Logs.GrantWrite(role);
        if (network is not null) role.AddToPolicy(NetworkInterfaces());
        Function = new Function(this, "Function", new FunctionProps
        {
            Description = program.Project,
            Runtime = DotNet10,
            Architecture = Architecture.ARM_64,
            Handler = PublishedPrograms.EntryOf(program),
            Code = stack.Programs.CodeOf(program),
            MemorySize = program.MemoryMb,
            Timeout = Duration.Seconds(program.Timeout.TotalSeconds),
            ReservedConcurrentExecutions = ConcurrencyPlan.ReservedFor(program, stack.Options),
            Environment = stack.Settings.Of(program),
            Role = role,
            LogGroup = Logs,
            LoggingFormat = LoggingFormat.JSON,
            Tracing = Tracing.ACTIVE,
            Vpc = network?.Vpc,
            VpcSubnets = network is null ? null : new SubnetSelection { SubnetType = SubnetType.PRIVATE_WITH_EGRESS },
            SecurityGroups = network is null ? null : [network.Clients],
        });
    }

    public Function Function { get; }

    public LogGroup Logs { get; }

    public void Grant(string[] actions, params string[] resources) =>
        Function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources }));

    /// <param name="condition">An IAM condition: operator, key, value.</param>
    public void Grant(string[] actions, Dictionary<string, object> condition, params string[] resources) =>
        Function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources, Conditions = condition }));

    /// <summary>
    /// When a function joins a network, EC2 checks these actions without a resource (Lambda's guide, "Required IAM
    /// permissions" of VPCs).
    /// </summary>
    private static PolicyStatement NetworkInterfaces() => new(new PolicyStatementProps
    {
        Actions =
        [
            "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
        ],
        Resources = ["*"],
    });
}
