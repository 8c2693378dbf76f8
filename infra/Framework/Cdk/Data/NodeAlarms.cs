using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ServerlessCqrs.Cdk.Operations;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>
/// The alarms about the ClickHouse node. They are in its stack because no other stack knows an instance.
/// </summary>
public sealed class NodeAlarms : Construct
{
    private readonly string _metrics;

    /// <param name="metrics">The namespace of the metrics that the node's script reports every five minutes.</param>
    public NodeAlarms(Construct scope, string metrics, ITopic alerts, string node)
        : base(scope, "Watch")
    {
        _metrics = metrics;
        var alarms = new Alarms(this, alerts);
        // Missing data also alarms: the instance or its network connection is gone.
        alarms.Over("Down", "ClickHouse does not answer, or its node says nothing", Reported("NodeDown"), over: 0,
            times: 3, silence: TreatMissingData.BREACHING);
        alarms.Over("DataDisk", "The data volume is nearly full: enlarge it", Reported("NodeDataDisk"), over: 80);
        alarms.Over("RootDisk", "The node's root disk is nearly full", Reported("NodeRootDisk"), over: 85);
        alarms.Over("BackupAge", "ClickHouse has no backup of the last 30 hours", Reported("NodeBackupAge"), over: 30);
        alarms.OverStatus("Node", node);
    }

    private Metric Reported(string name) => new(new MetricProps
    {
        Namespace = _metrics,
        MetricName = name,
        DimensionsMap = new Dictionary<string, string> { ["Stack"] = Stack.Of(this).StackName },
        Statistic = "Maximum",
        Period = Duration.Minutes(5),
    });
}
