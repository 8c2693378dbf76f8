using Amazon.CDK;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Queue = Amazon.CDK.AWS.SQS.Queue;
using Topic = Amazon.CDK.AWS.SNS.Topic;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>A queue with a filtered topic subscription and a dead letter queue. No other code creates queues.</summary>
public sealed class FilteredQueue : Construct
{
    public FilteredQueue(Construct scope, Topology.Queue queue, Topic source)
        : base(scope, queue.Name)
    {
        DeadLetters = new Queue(this, "DeadLetters", Props(TimeSpan.Zero));
        var props = Props(queue.Delay);
        props.VisibilityTimeout = Duration.Seconds(queue.VisibilityTimeout.TotalSeconds);
        props.DeadLetterQueue = new DeadLetterQueue { Queue = DeadLetters, MaxReceiveCount = queue.RedriveReceiveCount };
        Queue = new Queue(this, "Queue", props);
        source.AddSubscription(new SqsSubscription(Queue, new SqsSubscriptionProps
        {
            RawMessageDelivery = true,
            FilterPolicy = new Dictionary<string, SubscriptionFilter>
            {
                [queue.Tag] = SubscriptionFilter.StringFilter(new StringConditions { Allowlist = ["1"] }),
            },
        }));
    }

    public Queue Queue { get; }

    public Queue DeadLetters { get; }

    private static QueueProps Props(TimeSpan delay) => new()
    {
        Encryption = QueueEncryption.SQS_MANAGED,
        EnforceSSL = true,
        DeliveryDelay = Duration.Seconds(delay.TotalSeconds),
        RetentionPeriod = Duration.Days(Topology.Queue.Retention.TotalDays),
    };
}
