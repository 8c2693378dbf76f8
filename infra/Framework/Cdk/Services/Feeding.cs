using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.Kinesis;
using Amazon.CDK.AWS.Lambda;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// Connects functions to their triggers; no other code does. All event source mappings report partial failures.
/// </summary>
internal static class Feeding
{
    /// <summary>
    /// Starts at <c>TRIM_HORIZON</c> and retries without limit of attempts or age. If infrastructure fails, the shard
    /// stops and no record is skipped.
    /// </summary>
    public static void FeedFrom(this ProgramFunction function, StreamMapping mapping, IStream stream)
    {
        function.Function.AddEventSourceMapping($"KinesisEventSource:{Names.NodeUniqueId(stream.Node)}", new EventSourceMappingOptions
        {
            EventSourceArn = stream.StreamArn,
            StartingPosition = StartingPosition.TRIM_HORIZON,
            BatchSize = mapping.BatchSize,
            MaxBatchingWindow = Duration.Seconds(mapping.Window.TotalSeconds),
            // One batch per shard at a time, so a stream's commands are decided in order.
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
        // The CDK does not accept -1, which means "unlimited" in CloudFormation.
        created.AddPropertyOverride("MaximumRetryAttempts", -1);
        created.AddPropertyOverride("MaximumRecordAgeInSeconds", -1);
    }

    /// <summary>
    /// Also lets the function put the failed events of a stream into the dead letter queue, and the rest of a message
    /// back into its queue.
    /// </summary>
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

    /// <summary>
    /// A failed tick is not retried. EventBridge drops a late tick after one minute, AWS's minimum, so no two ticks run
    /// at the same time.
    /// </summary>
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
