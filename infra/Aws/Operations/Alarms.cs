using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace ServerlessCqrs.Deployment.Operations;

/// <summary>Alarms that tell when they begin and when they end. Silence is good news: nothing ran.</summary>
public sealed class Alarms(Construct scope, ITopic alerts) : Construct(scope, "Alarms")
{
    private readonly SnsAction _tell = new(alerts);

    /// <param name="over">Alarms when the metric is greater.</param>
    /// <param name="minutes">In a row.</param>
    public void Over(string id, string what, IMetric metric, double over, int minutes = 1)
    {
        var alarm = new Alarm(this, id, new AlarmProps
        {
            AlarmDescription = what,
            Metric = metric,
            Threshold = over,
            ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
            EvaluationPeriods = minutes,
            TreatMissingData = TreatMissingData.NOT_BREACHING,
        });
        alarm.AddAlarmAction(_tell);
        alarm.AddOkAction(_tell);
    }
}
