using Amazon.CDK;
using Amazon.CDK.AWS.Kinesis;
using Constructs;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>The Kinesis stream of the commands.</summary>
public sealed class CommandStream : Construct
{
    public CommandStream(Construct scope, Topology.EventStream stream, DeploymentOptions options)
        : base(scope, stream.Name) =>
        Stream = new Amazon.CDK.AWS.Kinesis.Stream(this, "Stream", new StreamProps
        {
            StreamMode = options.OnDemandStream ? StreamMode.ON_DEMAND : StreamMode.PROVISIONED,
            ShardCount = options.OnDemandStream ? null : stream.Shards,
            RetentionPeriod = Duration.Hours(stream.Retention.TotalHours),
            Encryption = StreamEncryption.MANAGED,
            RemovalPolicy = options.DataRemoval(),
        });

    public Amazon.CDK.AWS.Kinesis.Stream Stream { get; }
}
