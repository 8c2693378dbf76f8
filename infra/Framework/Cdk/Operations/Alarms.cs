using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace ServerlessCqrs.Cdk.Operations;

/// <summary>Creates alarms that notify the topic when they begin and when they end.</summary>
public sealed class Alarms(Construct scope, ITopic alerts) : Construct(scope, "Alarms")
{
    private readonly SnsAction _tell = new(alerts);

    /// <param name="over">The alarm fires if the metric is greater.</param>
    /// <param name="times">The number of consecutive periods.</param>
    /// <param name="silence">How to treat missing data. Mostly it means that nothing ran, which is good.</param>
    /// <param name="action">An AWS action besides the notification.</param>
    public void Over(string id, string what, IMetric metric, double over, int times = 1,
        TreatMissingData silence = TreatMissingData.NOT_BREACHING, IAlarmAction? action = null)
    {
        var alarm = new Alarm(this, id, new AlarmProps
        {
            AlarmDescription = what,
            Metric = metric,
            Threshold = over,
            ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
            EvaluationPeriods = times,
            TreatMissingData = silence,
        });
        alarm.AddAlarmAction(_tell);
        if (action is not null) alarm.AddAlarmAction(action);
        alarm.AddOkAction(_tell);
    }

    /// <summary>
    /// Creates alarms on EC2's own checks of an instance: one moves it to another host, the other reboots it. The times
    /// of two and three minutes are from the CloudWatch User Guide, "Create alarms to stop, terminate, reboot, or
    /// recover an EC2
    /// instance".
    /// </summary>
    public void OverStatus(string what, string instance)
    {
        Over("Host", $"{what}: the host has a fault. The instance moves to another", Check("StatusCheckFailed_System"),
            over: 0, times: 2, action: new Ec2Action(Ec2InstanceAction.RECOVER));
        Over("System", $"{what}: the instance does not answer. It is rebooted", Check("StatusCheckFailed_Instance"),
            over: 0, times: 3, action: new Ec2Action(Ec2InstanceAction.REBOOT));

        Metric Check(string name) => new(new MetricProps
        {
            Namespace = "AWS/EC2",
            MetricName = name,
            DimensionsMap = new Dictionary<string, string> { ["InstanceId"] = instance },
            Statistic = "Maximum",
            Period = Duration.Minutes(1),
        });
    }
}
