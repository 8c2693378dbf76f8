using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>Security rules of the templates. Each is also tested with a template that breaks it.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class SecuritySpecs(Synthesis synthesis)
{
    [Fact]
    public void A_mapping_that_does_not_report_partial_failures_is_caught() => Catches(
        SecurityRules.MappingsWithoutPartialFailures,
        cloud => cloud.Of("AWS::Lambda::EventSourceMapping").First().Properties.Remove("FunctionResponseTypes"));

    [Fact]
    public void A_wildcard_action_is_caught() => Catches(
        SecurityRules.Wildcards,
        cloud => FirstStatement(cloud)["Action"] = new JsonArray("dynamodb:*"));

    [Fact]
    public void A_wildcard_resource_is_caught() => Catches(
        SecurityRules.Wildcards,
        cloud => (FirstStatement(cloud)["Action"], FirstStatement(cloud)["Resource"]) = ("sqs:SendMessage", "*"));

    [Fact]
    public void An_unencrypted_queue_is_caught() => Catches(
        SecurityRules.UnencryptedStores,
        cloud => Queue(cloud)["SqsManagedSseEnabled"] = false);

    [Theory]
    [InlineData("AWS::SNS::Topic", "KmsMasterKeyId")]
    [InlineData("AWS::Kinesis::Stream", "StreamEncryption")]
    [InlineData("AWS::DynamoDB::Table", "SSESpecification")]
    [InlineData("AWS::S3::Bucket", "BucketEncryption")]
    [InlineData("AWS::EC2::Volume", "Encrypted")]
    [InlineData("AWS::EC2::Instance", "BlockDeviceMappings")]
    public void Any_unencrypted_store_is_caught(string type, string property) => Catches(
        SecurityRules.UnencryptedStores,
        cloud => cloud.Of(type).First().Properties.Remove(property));

    [Fact]
    public void A_visibility_timeout_below_six_function_timeouts_is_caught() => Catches(
        SecurityRules.QueuesThatHideTooShort,
        cloud => Queue(cloud)["VisibilityTimeout"] = 179);

    [Theory]
    [InlineData("AWS::SQS::QueuePolicy")]
    [InlineData("AWS::SNS::TopicPolicy")]
    [InlineData("AWS::S3::BucketPolicy")]
    public void A_store_reached_without_TLS_is_caught(string policy) => Catches(
        SecurityRules.ReachedWithoutTls,
        cloud => cloud.Remove(cloud.Of(policy).First()));

    [Fact]
    public void A_policy_that_only_seems_to_enforce_TLS_is_caught() => Catches(
        SecurityRules.ReachedWithoutTls,
        cloud => cloud.Of("AWS::SQS::QueuePolicy").First()["PolicyDocument"]!["Statement"]![0]!["Effect"] = "Allow");

    [Fact]
    public void A_secret_that_stands_resolved_in_a_program_s_settings_is_caught() => Catches(
        SecurityRules.SecretsInSettings,
        cloud => cloud.At("AWS::Lambda::Function", "CommandApi/Function")["Environment"]!["Variables"]!["CLICKHOUSE_SECRET"] = "{{resolve:secretsmanager:clickhouse:SecretString:::}}");

    /// <summary>SNS stores one policy per topic: a second one would replace the first.</summary>
    [Fact]
    public void A_topic_has_one_policy() => Assert.Equal(synthesis.Production.Of("AWS::SNS::Topic").Count(), synthesis.Production.Of("AWS::SNS::TopicPolicy").Count());

    [Fact]
    public void An_unfiltered_subscription_is_caught() => Catches(
        SecurityRules.UnfilteredSubscriptions,
        cloud => cloud.Of("AWS::SNS::Subscription").First(subscription => subscription.Part == "events-to-mail").Properties.Remove("FilterPolicy"));

    [Fact]
    public void A_queue_without_dead_letters_is_caught() => Catches(
        SecurityRules.QueuesWithoutDeadLetters,
        cloud => Queue(cloud).Remove("RedrivePolicy"));

    [Fact]
    public void A_public_bucket_is_caught() => Catches(
        SecurityRules.PublicBuckets,
        cloud => cloud.Of("AWS::S3::Bucket").First()["PublicAccessBlockConfiguration"]!["BlockPublicPolicy"] = false);

    [Fact]
    public void A_way_in_from_the_internet_is_caught() => Catches(
        SecurityRules.OpenDoors,
        cloud =>
        {
            var ingress = cloud.Of("AWS::EC2::SecurityGroupIngress").First();
            ingress.Properties.Remove("SourceSecurityGroupId");
            ingress.Properties["CidrIp"] = "0.0.0.0/0";
        });

    private static JsonObject Queue(Cloud cloud) => cloud.At("AWS::SQS::Queue", "events-to-read-models/Queue").Properties;

    private static JsonNode FirstStatement(Cloud cloud) => cloud.Of("AWS::IAM::Policy").First()["PolicyDocument"]!["Statement"]![0]!;

    private void Catches(Func<Cloud, IEnumerable<string>> rule, Action<Cloud> fault)
    {
        Assert.Empty(rule(synthesis.Production));
        Assert.Empty(rule(synthesis.Development));
        Assert.Single(rule(synthesis.Production.Damaged(fault)));
    }
}
