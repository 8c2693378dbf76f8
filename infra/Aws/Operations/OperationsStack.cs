using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using ServerlessCqrs.Deployment.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Operations;

/// <summary>What tells people that something needs them, and shows them what. It can be deployed and deleted by itself.</summary>
public sealed class OperationsStack : Stack
{
    private static readonly MetricOptions Worst = new() { Statistic = "Maximum", Period = Duration.Minutes(1) };
    private static readonly MetricOptions Sum = new() { Statistic = "Sum", Period = Duration.Minutes(1) };

    public OperationsStack(Construct scope, string id, ServicesStack services, IStackProps props)
        : base(scope, id, props)
    {
        var alarms = new Alarms(this, new AlertTopic(this, services.Options).Topic);
        foreach (var (name, function) in services.Functions)
        {
            alarms.Over($"{name}-Errors", $"{name} fails", function.Function.MetricErrors(Sum), over: 0, minutes: 3);
            alarms.Over($"{name}-Throttles", $"{name} may not run as often as it should", function.Function.MetricThrottles(Sum), over: 0, minutes: 3);
        }

        var age = services.Functions[ShopTopology.CommandsToEvents.Name].Function.Metric("IteratorAge", Worst);
        alarms.Over("Commands-IteratorAge", "Commands wait to be decided: the shard may have stopped", age, ShopEdge.LagLimit.TotalMilliseconds, minutes: 3);
        alarms.Over("Commands-WriteThrottles", "The stream takes no more commands: it needs more shards", services.Data.Commands.MetricPutRecordsThrottledRecords(Sum), over: 0, minutes: 3);
        foreach (var queue in ShopTopology.Queues)
        {
            var built = services.QueueOf(queue);
            // A queue that is delayed is as old as its delay at least.
            alarms.Over($"{queue.Name}-Age", $"What {queue.Name} holds is late", built.Queue.MetricApproximateAgeOfOldestMessage(Worst), (ShopEdge.LagLimit + queue.Delay).TotalSeconds, minutes: 2);
            alarms.Over($"{queue.DeadLettersName}", $"{queue.DeadLettersName} has messages: somebody must look", built.DeadLetters.MetricApproximateNumberOfMessagesVisible(Worst), over: 0);
        }

        alarms.Over("Gateway-ServerErrors", "The API answers with its own faults", services.Gateway.Api.MetricServerError(Sum), over: 0, minutes: 3);
        // SES puts an account under review at 5 % and 0.1 % (SES's guide, "Reputation metrics").
        alarms.Over("Mail-Bounces", "Too many mails bounce", Reputation("BounceRate"), over: 0.04);
        alarms.Over("Mail-Complaints", "Too many people complain of mails", Reputation("ComplaintRate"), over: 0.0008);
        Show(services, age);
    }

    private static Metric Reputation(string rate) => new(new MetricProps { Namespace = "AWS/SES", MetricName = $"Reputation.{rate}", Statistic = "Maximum", Period = Duration.Hours(1) });

    private void Show(ServicesStack services, IMetric age)
    {
        var dashboard = new Dashboard(this, "Dashboard", new DashboardProps { DefaultInterval = Duration.Hours(3) });
        dashboard.AddWidgets(
            Graph("Requests", [services.Gateway.Api.MetricCount(Sum), services.Gateway.Api.MetricClientError(Sum), services.Gateway.Api.MetricServerError(Sum)]),
            Graph("Latency, p99", [services.Gateway.Api.MetricLatency(new MetricOptions { Statistic = "p99", Period = Duration.Minutes(1) })]));
        dashboard.AddWidgets(
            Graph("Age of the oldest command (ms)", [age]),
            Graph("Age of the oldest message (s)", [.. ShopTopology.Queues.Select(queue => services.QueueOf(queue).Queue.MetricApproximateAgeOfOldestMessage(Worst))]));
        dashboard.AddWidgets(
            Graph("Dead letters", [.. ShopTopology.Queues.Select(queue => services.QueueOf(queue).DeadLetters.MetricApproximateNumberOfMessagesVisible(Worst))]),
            Graph("Errors", [.. services.Functions.Values.Select(function => function.Function.MetricErrors(Sum))]));
        dashboard.AddWidgets(
            Graph("Duration, p99 (ms)", [.. services.Functions.Values.Select(function => function.Function.MetricDuration(new MetricOptions { Statistic = "p99", Period = Duration.Minutes(1) }))]),
            Graph("Concurrent executions", [.. services.Functions.Values.Select(function => function.Function.Metric("ConcurrentExecutions", Worst))]));
    }

    private static GraphWidget Graph(string title, IMetric[] metrics) => new(new GraphWidgetProps { Title = title, Left = metrics, Width = 12 });
}
