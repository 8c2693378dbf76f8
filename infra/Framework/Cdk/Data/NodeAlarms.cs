using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ServerlessCqrs.Cdk.Operations;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>
/// What tells people that the node needs them. It stands beside the node: no other stack knows an instance.
/// </summary>
public sealed class NodeAlarms : Construct
{
    /// <summary>Of the numbers that the node's script <c>shop-watch</c> reports every five minutes.</summary>
    public const string Namespace = "Shop";

    public NodeAlarms(Construct scope, ITopic alerts, string node)
        : base(scope, "Watch")
    {
        var alarms = new Alarms(this, alerts);
        // Silence is as bad: the instance is gone, or its way out.
        alarms.Over("Down", "ClickHouse does not answer, or its node says nothing", Reported("NodeDown"), over: 0,
            times: 3, silence: TreatMissingData.BREACHING);
        alarms.Over("DataDisk", "The data volume is nearly full: enlarge it", Reported("NodeDataDisk"), over: 80);
        alarms.Over("RootDisk", "The node's root disk is nearly full", Reported("NodeRootDisk"), over: 85);
        alarms.Over("BackupAge", "ClickHouse has no backup of the last 30 hours", Reported("NodeBackupAge"), over: 30);
        alarms.OverStatus("Node", node);
    }

    private Metric Reported(string name) => new(new MetricProps
    {
        Namespace = Namespace,
        MetricName = name,
        DimensionsMap = new Dictionary<string, string> { ["Stack"] = Stack.Of(this).StackName },
        Statistic = "Maximum",
        Period = Duration.Minutes(5),
    });
}
