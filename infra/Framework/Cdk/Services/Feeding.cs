using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.Kinesis;
using Amazon.CDK.AWS.Lambda;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>The only place that has functions invoked. All event source mappings report partial failures.</summary>
internal static class Feeding
{
    /// <summary>From <c>TRIM_HORIZON</c>, retried without end and whatever the records' age: infrastructure that fails stops the shard, and nothing is skipped.</summary>
    public static void FeedFrom(this ProgramFunction function, StreamMapping mapping, IStream stream)
    {
        function.Function.AddEventSourceMapping($"KinesisEventSource:{Names.NodeUniqueId(stream.Node)}", new EventSourceMappingOptions
        {
            EventSourceArn = stream.StreamArn,
            StartingPosition = StartingPosition.TRIM_HORIZON,
            BatchSize = mapping.BatchSize,
            MaxBatchingWindow = Duration.Seconds(mapping.Window.TotalSeconds),
            // One batch of a shard at a time: a stream's commands are decided in order.
            ParallelizationFactor = 1,
            BisectBatchOnError = true,
            ReportBatchItemFailures = true,
        });
        // Lambda Developer Guide, "Process Amazon Kinesis Data Streams records with Lambda". The CDK's own event source grants more.
        function.Grant(
            [
                "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords",
                "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:SubscribeToShard",
            ],
            stream.StreamArn);
        var created = function.Node.FindAll().OfType<CfnEventSourceMapping>().Single();
        // The CDK takes no -1, CloudFormation's word for "without end".
        created.AddPropertyOverride("MaximumRetryAttempts", -1);
        created.AddPropertyOverride("MaximumRecordAgeInSeconds", -1);
    }

    /// <summary>It may also put a stream's events that fail into the dead letters itself, one by one, and the rest of a message back into its queue.</summary>
    public static void FeedFrom(this ProgramFunction function, QueueMapping mapping, FilteredQueue queue)
    {
        function.Function.AddEventSourceMapping($"SqsEventSource:{Names.NodeUniqueId(queue.Queue.Node)}", new EventSourceMappingOptions
        {
            EventSourceArn = queue.Queue.QueueArn,
            BatchSize = mapping.BatchSize,
            MaxBatchingWindow = mapping.Window > TimeSpan.Zero ? Duration.Seconds(mapping.Window.TotalSeconds) : null,
            MaxConcurrency = mapping.Concurrency,
            ReportBatchItemFailures = true,
        });
        // SQS Developer Guide, "Configuring an Amazon SQS queue to trigger an AWS Lambda function". The CDK's own event source grants more.
        function.Grant(["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], queue.Queue.QueueArn);
        function.Grant(["sqs:SendMessage"], queue.DeadLetters.QueueArn);
        function.Grant(["sqs:SendMessage"], queue.Queue.QueueArn);
    }

    /// <summary>A tick is not tried again, and one that comes late is dropped after a minute (the least AWS takes): so no two are at work at once.</summary>
    public static void TickOn(this ProgramFunction function, ScheduleMapping mapping)
    {
        var latest = Duration.Minutes(1);
        new Rule(function, "Schedule", new RuleProps
        {
            Schedule = Schedule.Rate(Duration.Minutes(mapping.Every.TotalMinutes)),
            Targets = [new LambdaFunction(function.Function, new LambdaFunctionProps { RetryAttempts = 0, MaxEventAge = latest })],
        });
        function.Function.ConfigureAsyncInvoke(new EventInvokeConfigOptions { RetryAttempts = 0, MaxEventAge = latest });
    }
}
