using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>AWS may do what the templates ask of it. Each rule fails on a template with the fault.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class WiringSpecs(Synthesis synthesis)
{
    [Theory]
    [InlineData("GatewayApiPOSTunsubscribe", "POST /unsubscribe/{proxy+} may not invoke CommandApi/Function")]
    [InlineData("CanaryToLagSchedule", "CanaryToLag/Schedule may not invoke CanaryToLag/Function")]
    [InlineData("IdentityPool", "Identity/Pool may not invoke Identity/EmailClaim/Function")]
    [InlineData("EventsToBrowsersFunctiondefault", "$default may not invoke EventsToBrowsers/Function")]
    public void Function_that_its_caller_may_not_invoke_is_caught(string permission, string fault) => synthesis.Holds(
        WiringRules.Uninvokable,
        cloud => cloud.Remove(cloud.Of("AWS::Lambda::Permission")
            .First(one => one.Id.StartsWith(permission, StringComparison.Ordinal))),
        fault);

    [Fact]
    public void Permission_for_another_route_is_caught() => synthesis.Holds(
        WiringRules.Uninvokable,
        cloud => cloud.Of("AWS::Lambda::Permission").First(one => one.Id.Contains("unsubscribe",
            StringComparison.Ordinal))["SourceArn"]!["Fn::Join"]![1]!.AsArray()[^1] = "/*/*/unsubscribe",
        "POST /unsubscribe/{proxy+} may not invoke CommandApi/Function");

    [Fact]
    public void Queue_whose_policy_does_not_allow_its_topic_is_caught() => synthesis.Holds(
        WiringRules.Undeliverable,
        cloud => QueueOf(cloud, "events-to-mail")["PolicyDocument"]!["Statement"]!.AsArray().RemoveAt(1),
        "the queue's policy does not allow it");

    [Fact]
    public void Queue_whose_policy_allows_another_topic_is_caught() => synthesis.Holds(
        WiringRules.Undeliverable,
        cloud => QueueOf(cloud, "events-to-mail")["PolicyDocument"]!["Statement"]![1]!["Condition"] =
            JsonNode.Parse("""{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:eu-west-1:111122223333:other"}}"""),
        "the queue's policy does not allow it");

    [Theory]
    [InlineData("alias/aws/sqs")]
    [InlineData("arn:aws:kms:eu-west-1:111122223333:key/1")]
    public void Queue_under_a_key_that_SNS_may_not_use_is_caught(string key) => synthesis.Holds(
        WiringRules.Undeliverable,
        cloud => cloud.At("AWS::SQS::Queue", "events-to-mail/Queue").Properties["KmsMasterKeyId"] = key,
        "SNS may not use the queue's key");

    [Theory]
    [InlineData("AWS::SNS::Subscription", "Alerts/Topic/operator@example.com", "Alerts/Topic has no subscription")]
    [InlineData("AWS::SNS::TopicPolicy", "Alerts/Policy", "the policy of Alerts/Topic does not allow CloudWatch")]
    public void Alarm_that_reaches_nobody_is_caught(string type, string path, string fault) => synthesis.Holds(
        WiringRules.Unheard, cloud => cloud.Remove(cloud.At(type, path)), fault);

    [Fact]
    public void Alarm_topic_under_a_key_that_CloudWatch_may_not_use_is_caught()
    {
        synthesis.Holds(
            WiringRules.Unheard,
            cloud => cloud.At("AWS::SNS::Topic", "Alerts/Topic").Properties["KmsMasterKeyId"] = "alias/aws/sns",
            "CloudWatch may not use the key of Alerts/Topic");
        synthesis.Holds(
            WiringRules.Unheard,
            cloud => cloud.At("AWS::KMS::Key", "Alerts/Key")["KeyPolicy"]!["Statement"]!.AsArray().RemoveAt(1),
            "CloudWatch may not use the key of Alerts/Topic");
    }

    [Fact]
    public void Bucket_that_the_edge_may_not_read_is_caught() => synthesis.Holds(
        WiringRules.UnreadableOrigins,
        cloud =>
        {
            var distribution = cloud.Of("AWS::CloudFront::Distribution").Single();
            distribution["DistributionConfig"]!["Origins"]!.AsArray().Add(new JsonObject
            {
                ["Id"] = "pages",
                ["DomainName"] = new JsonObject
                {
                    ["Fn::GetAtt"] = new JsonArray(
                        cloud.At("AWS::S3::Bucket", "Edge/AccessLogs").Id, "RegionalDomainName"),
                },
                ["S3OriginConfig"] = new JsonObject { ["OriginAccessIdentity"] = "" },
            });
        },
        "Edge/Distribution cannot read Edge/AccessLogs: it has no origin access control");

    [Fact]
    public void Bucket_that_cannot_take_the_edge_s_log_is_caught() => synthesis.Holds(
        WiringRules.UnwritableLogs,
        cloud => cloud.At("AWS::S3::Bucket", "Edge/AccessLogs").Properties.Remove("OwnershipControls"),
        "Edge/Distribution cannot write its log to Edge/AccessLogs");

    [Fact]
    public void Sender_that_SES_does_not_know_is_caught() => synthesis.Holds(
        WiringRules.UnknownSenders,
        cloud => cloud.At("AWS::Lambda::Function", "EventsToMail/Function")["Environment"]!["Variables"]!["MAIL_FROM"] =
            "shop@example.org",
        "EventsToMail/Function sends from shop@example.org, which is no identity of SES");

    private static Resource QueueOf(Cloud cloud, string name) =>
        cloud.At("AWS::SQS::QueuePolicy", $"{name}/Queue/Policy");
}
