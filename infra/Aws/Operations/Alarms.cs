using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace ServerlessCqrs.Deployment.Operations;

/// <summary>Alarms that tell when they begin and when they end.</summary>
public sealed class Alarms(Construct scope, ITopic alerts) : Construct(scope, "Alarms")
{
    private readonly SnsAction _tell = new(alerts);

    /// <param name="over">Alarms when the metric is greater.</param>
    /// <param name="times">How many of the metric's periods in a row.</param>
    /// <param name="silence">Mostly good news: nothing ran.</param>
    public void Over(string id, string what, IMetric metric, double over, int times = 1, TreatMissingData silence = TreatMissingData.NOT_BREACHING)
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
        alarm.AddOkAction(_tell);
    }
}
