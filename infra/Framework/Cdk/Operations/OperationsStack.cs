using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;
using Metric = Amazon.CDK.AWS.CloudWatch.Metric;

namespace ServerlessCqrs.Cdk.Operations;

/// <summary>
/// The stack of the alarms and the dashboard. It can be deployed and deleted separately. It refers to programs and
/// queues by name, so delete it before you remove one of them.
/// </summary>
public sealed class OperationsStack : Stack
{
    private static readonly MetricOptions Worst = new() { Statistic = "Maximum", Period = Duration.Minutes(1) };
    private static readonly MetricOptions Sum = new() { Statistic = "Sum", Period = Duration.Minutes(1) };

    private readonly ServicesStack _services;
    private readonly SystemTopology _system;
    private readonly Watch _watch;

    public OperationsStack(Construct scope, string id, ServicesStack services, IStackProps props)
        : base(scope, id, props)
    {
        (_services, _system, _watch) = (services, services.System, services.System.Watch);
        var alarms = new Alarms(this, services.Data.Alerts);
        // Scheduled functions report nothing in a minute in which they do not run.
        var ticks = _system.Functions.Where(function => function.Mapping is ScheduleMapping).ToDictionary(function => function.Name, TickOf);
        foreach (var (name, function) in services.Functions)
        {
            var (every, times) = ticks.TryGetValue(name, out var period) ? (period, 2) : (Duration.Minutes(1), 3);
            alarms.Over($"{name}-Errors", $"{name} fails", function.Function.MetricErrors(new MetricOptions { Statistic = "Sum", Period = every }), over: 0, times);
            alarms.Over($"{name}-Throttles", $"{name} may not run as often as it should", function.Function.MetricThrottles(Sum), over: 0, times: 3);
        }

        var age = services.Functions[_system.Consumer.Name].Function.Metric("IteratorAge", Worst);
        alarms.Over("Commands-IteratorAge", "Commands wait to be decided: the shard may have stopped", age, _watch.LagLimit.TotalMilliseconds, times: 3);
        alarms.Over("Commands-Parked", "Commands are newer than the consumer: deploy the newer release again, then operator parked redrive", Parked(), over: 0);
        alarms.Over("Commands-WriteThrottles", "The stream takes no more commands: it needs more shards", services.Data.Commands.MetricPutRecordsThrottledRecords(Sum), over: 0, times: 3);
        // One tick, or its log line, can be late. Two in a row are a fault.
        if (_watch.Canary is { } canary) alarms.Over("Lag", "What is written cannot be read in time, or the canary does not run", Lag(canary), _watch.LagLimit.TotalMilliseconds, times: 2, silence: TreatMissingData.BREACHING);
        if (_watch.Reconciliation is { } reconciliation)
        {
            // The items are repaired by then. The loss repeats until a person finds its cause.
            alarms.Over("Drift", "Read models were behind for too long: messages are lost or given up", Health(reconciliation, reconciliation.Drift, "Sum"), over: 0);
            alarms.Over("Stuck", "Read models cannot be brought to where their streams are", Health(reconciliation, reconciliation.Stuck, "Maximum"), over: 0);
        }

        foreach (var queue in _system.Queues)
        {
            var built = services.QueueOf(queue);
            // A delayed queue's oldest message is at least as old as the delay.
            alarms.Over($"{queue.Name}-Age", $"What {queue.Name} holds is late", built.Queue.MetricApproximateAgeOfOldestMessage(Worst), (_watch.LagLimit + queue.Delay).TotalSeconds, times: 2);
            alarms.Over($"{queue.DeadLettersName}", $"{queue.DeadLettersName} has messages: somebody must look", built.DeadLetters.MetricApproximateNumberOfMessagesVisible(Worst), over: 0);
        }

        foreach (var (table, index, shared) in _system.SharedPartitions)
            alarms.Over(
                index is null ? $"{table.Name}-Throttles" : $"{table.Name}-{index}-Throttles",
                $"{table.Name} takes no more writes: {shared.Items} share about {shared.ChangesPerSecond:N0} {shared.Change} a second",
                Throttles(services.Data.Tables[table].TableName, index), over: 0, times: 3);

        alarms.Over("Gateway-ServerErrors", "The API answers with its own faults", services.Gateway.Api.MetricServerError(Sum), over: 0, times: 3);
        if (services.Sockets is { } sockets) alarms.Over("Sockets-Errors", "API Gateway cannot pass the events of sockets to their function", sockets.Errors(Sum), over: 0, times: 3);
        // SES puts an account under review at 5 % and 0.1 % (SES's guide, "Reputation metrics").
        alarms.Over("Mail-Bounces", "Too many mails bounce", Reputation("BounceRate"), over: 0.04);
        alarms.Over("Mail-Complaints", "Too many people complain of mails", Reputation("ComplaintRate"), over: 0.0008);
        Show(age);
    }

    /// <summary>
    /// Without an index, the metric counts only the table's own throttles (DynamoDB Developer Guide, "CloudWatch
    /// throttling metrics").
    /// </summary>
    private static Metric Throttles(string table, string? index)
    {
        var dimensions = new Dictionary<string, string> { ["TableName"] = table };
        if (index is not null) dimensions["GlobalSecondaryIndexName"] = index;
        return new Metric(new MetricProps
        {
            Namespace = "AWS/DynamoDB",
            MetricName = "WriteThrottleEvents",
            DimensionsMap = dimensions,
            Statistic = "Sum",
            Period = Duration.Minutes(1),
        });
    }

    private static Metric Reputation(string rate) => new(new MetricProps { Namespace = "AWS/SES", MetricName = $"Reputation.{rate}", Statistic = "Maximum", Period = Duration.Hours(1) });

    private Metric Lag(Canary canary) => Recorded(canary.Function, canary.Lag, "Maximum", TickOf(canary.Function));

    private Metric Parked() => Recorded(_system.Consumer, _watch.Parked, "Sum", Duration.Minutes(1));

    private Metric Health(Reconciliation reconciliation, Topology.Metric metric, string statistic, string? readModel = null) =>
        Recorded(reconciliation.Function, metric, statistic, TickOf(reconciliation.Function), readModel);

    /// <summary>A metric that a function of this environment records.</summary>
    private Metric Recorded(Function function, Topology.Metric metric, string statistic, Duration period, string? readModel = null)
    {
        var dimensions = new Dictionary<string, string> { ["FunctionName"] = _services.Functions[function.Name].Function.FunctionName };
        if (readModel is not null) dimensions["ReadModel"] = readModel;
        return new Metric(new MetricProps
        {
            Namespace = metric.Namespace,
            MetricName = metric.Name,
            DimensionsMap = dimensions,
            Statistic = statistic,
            Period = period,
            Label = readModel is null ? null : $"{readModel} {statistic}",
        });
    }

    private void Show(IMetric age)
    {
        var dashboard = new Dashboard(this, "Dashboard", new DashboardProps { DefaultInterval = Duration.Hours(3) });
        var (api, functions) = (_services.Gateway.Api, _services.Functions.Values);
        dashboard.AddWidgets(
            Graph("Requests", [api.MetricCount(Sum), api.MetricClientError(Sum), api.MetricServerError(Sum)]),
            Graph("Latency, p99", [api.MetricLatency(new MetricOptions { Statistic = "p99", Period = Duration.Minutes(1) })]));
        dashboard.AddWidgets(
        [
            .. _watch.Canary is { } canary ? [Graph("Lag: written until read (ms)", [Lag(canary)])] : Array.Empty<IWidget>(),
            Graph("Age of the oldest command (ms)", [age]),
        ]);
        if (_watch.Reconciliation is { } reconciliation)
            dashboard.AddWidgets(
                Graph("Lag of each read model: p50, p99, greatest (ms)",
                [
                    .. reconciliation.ReadModels.SelectMany(
                        _ => new[] { "p50", "p99", "Maximum" },
                        (table, statistic) => Health(reconciliation, reconciliation.Lag, statistic, table.Name)),
                ]),
                Graph("Items behind for too long, and stuck", [Health(reconciliation, reconciliation.Drift, "Sum"), Health(reconciliation, reconciliation.Stuck, "Maximum")]));
        dashboard.AddWidgets(
            Graph("Age of the oldest message (s)", [.. _system.Queues.Select(queue => _services.QueueOf(queue).Queue.MetricApproximateAgeOfOldestMessage(Worst))]),
            Graph("Dead letters", [.. _system.Queues.Select(queue => _services.QueueOf(queue).DeadLetters.MetricApproximateNumberOfMessagesVisible(Worst))]));
        dashboard.AddWidgets(
            Graph("Errors", [.. functions.Select(function => function.Function.MetricErrors(Sum))]),
            Graph("Duration, p99 (ms)", [.. functions.Select(function => function.Function.MetricDuration(new MetricOptions { Statistic = "p99", Period = Duration.Minutes(1) }))]));
        dashboard.AddWidgets(
            Graph("Concurrent executions", [.. functions.Select(function => function.Function.Metric("ConcurrentExecutions", Worst))]));
    }

    private static Duration TickOf(Function function) => Duration.Minutes(((ScheduleMapping)function.Mapping).Every.TotalMinutes);

    private static GraphWidget Graph(string title, IMetric[] metrics) => new(new GraphWidgetProps { Title = title, Left = metrics, Width = 12 });
}
