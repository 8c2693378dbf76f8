using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>What runs on AWS keeps to what AWS asks for. Each rule fails on a template with the fault.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class RunSpecs(Synthesis synthesis)
{
    [Fact]
    public void Runtime_that_Lambda_no_longer_creates_is_caught() => synthesis.Holds(
        RunRules.RuntimesThatEnd,
        cloud => cloud.At("AWS::Lambda::Function", "QueryApi/Function").Properties["Runtime"] = "dotnet8",
        "QueryApi/Function runs on dotnet8");

    [Fact]
    public void Function_that_outlives_the_gateway_s_patience_is_caught()
    {
        synthesis.Holds(
            RunRules.ImpatientCallers,
            cloud => cloud.At("AWS::Lambda::Function", "CommandApi/Function").Properties["Timeout"] = 30,
            "gives up before CommandApi/Function ends");
        synthesis.Holds(
            RunRules.ImpatientCallers,
            cloud => cloud.Of("AWS::CloudFront::Distribution").Single()["DistributionConfig"]!["Origins"]!.AsArray()
                .First(origin => origin!["CustomOriginConfig"] is not null)!["CustomOriginConfig"]![
                    "OriginReadTimeout"] = 20,
            "CloudFront gives up before");
    }

    [Fact]
    public void Trigger_that_Cognito_does_not_run_is_caught()
    {
        synthesis.Holds(
            RunRules.TriggersThatDoNotRun,
            cloud => cloud.At("AWS::Cognito::UserPool", "Identity/Pool").Properties.Remove("UserPoolTier"),
            "PreTokenGenerationConfig needs the tier Essentials");
        synthesis.Holds(
            RunRules.TriggersThatDoNotRun,
            cloud => cloud.At("AWS::Lambda::Function", "Identity/EmailClaim/Function").Properties["Timeout"] = 6,
            "PreTokenGenerationConfig may take longer than Cognito waits");
    }

    [Fact]
    public void Log_without_an_end_is_caught()
    {
        synthesis.Holds(
            RunRules.LogsWithoutEnd,
            cloud => cloud.At("AWS::Lambda::Function", "EventsToMail/Function").Properties.Remove("LoggingConfig"),
            "EventsToMail/Function");
        synthesis.Holds(
            RunRules.LogsWithoutEnd,
            cloud => cloud.At("AWS::Logs::LogGroup", "EventsToMail/Logs").Properties.Remove("RetentionInDays"),
            "EventsToMail/Function");
    }

    [Fact]
    public void Dead_letters_that_end_before_their_queue_s_messages_are_caught() => synthesis.Holds(
        RunRules.DeadLettersThatEndEarly,
        cloud => cloud.At("AWS::SQS::Queue", "events-to-mail/DeadLetters").Properties.Remove("MessageRetentionPeriod"),
        "events-to-mail/DeadLetters");

    [Fact]
    public void Tables_with_indexes_that_are_created_at_once_are_caught()
    {
        synthesis.Holds(
            RunRules.TablesCreatedAtOnce,
            cloud => cloud.At("AWS::DynamoDB::Table", "Tables/orders-v1").Node.Remove("DependsOn"),
            "Tables/orders-v1");
        Assert.NotEmpty(RunRules.TablesCreatedAtOnce(Before.Production));
    }

    [Theory]
    [InlineData("MetricName", "IteratorAgeMs", "AWS/Lambda has no metric IteratorAgeMs")]
    [InlineData("Namespace", "Shop", "nothing reports Shop IteratorAge")]
    public void Alarm_on_a_metric_that_nothing_reports_is_caught(string property, string value, string fault) =>
        synthesis.Holds(
            AlarmRules.OnNothing,
            cloud => cloud.At("AWS::CloudWatch::Alarm", "Alarms/Commands-IteratorAge").Properties[property] = value,
            fault);

    [Fact]
    public void Alarm_on_something_that_is_gone_is_caught()
    {
        synthesis.Holds(
            AlarmRules.OnNothing,
            cloud => cloud.At("AWS::CloudWatch::Alarm", "Alarms/Commands-IteratorAge")["Dimensions"]![0]!["Value"] =
                "shop-prod-services-CommandsToEvents",
            "FunctionName names nothing");
        synthesis.Holds(
            AlarmRules.OnNothing,
            cloud => cloud.At("AWS::Lambda::Function", "CanaryToLag/Function")["Environment"]!["Variables"]!.AsObject()
                .Remove("METRIC_NAMESPACE"),
            "Alarms/Lag: nothing reports Shop Lag");
        synthesis.Holds(
            AlarmRules.OnNothing,
            cloud => cloud.At("AWS::CloudWatch::Alarm", "ClickHouse/Watch/Alarms/DataDisk").Properties["MetricName"] =
                "NodeDisk",
            "nothing reports Shop NodeDisk");
    }

    [Fact]
    public void Template_settings_or_policy_that_AWS_refuses_as_too_large_is_caught()
    {
        synthesis.Holds(
            LimitRules.TooManySettings,
            cloud => cloud.At("AWS::Lambda::Function", "QueryApi/Function")["Environment"]!["Variables"]!["MORE"] =
                new string('x', 4000),
            "QueryApi/Function");
        synthesis.Holds(
            LimitRules.TooLongPolicies,
            cloud => cloud.At("AWS::IAM::Policy", "QueryApi/Role/DefaultPolicy")["PolicyDocument"]!["Statement"]!
                .AsArray().Add(new JsonObject { ["Sid"] = new string('x', 10_000) }),
            "QueryApi/Role/DefaultPolicy");
        synthesis.Holds(
            LimitRules.TooLargeTemplates,
            cloud =>
            {
                for (var one = 0; one < 500; one++)
                    cloud.Templates["shop-prod-data"]["Resources"]![$"More{one}"] =
                        new JsonObject { ["Type"] = "AWS::SNS::Topic" };
            },
            "resources, of 500");
    }
}
