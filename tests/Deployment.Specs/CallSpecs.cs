using System.Text.Json.Nodes;
using ServerlessCqrs.Calls;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// Every AWS call that a program made in the journeys is allowed by its role, its keys and its resources' policies, and
/// every right was used or has a reason.
/// </summary>
[Collection(SynthesisCollection.Name)]
public sealed class CallSpecs(Synthesis synthesis)
{
    [Fact]
    public void Every_recorded_call_is_allowed()
    {
        Assert.Empty(CallRules.Refused(synthesis.Production, CallRules.Recorded));
        Assert.Empty(CallRules.Refused(synthesis.Development, CallRules.Recorded));
    }

    [Fact]
    public void Every_right_was_used_or_has_a_reason()
    {
        Assert.Empty(CallRules.Unneeded(synthesis.Production, CallRules.Recorded));
        Assert.Empty(CallRules.Unneeded(synthesis.Development, CallRules.Recorded));
        Assert.Empty(CallRules.Obsolete(synthesis.Production, CallRules.Recorded));
    }

    /// <summary>The lag page wrote how far it had observed.</summary>
    [Fact]
    public void Calls_of_before_were_refused() => Assert.Equal(
        ["QueryApi dynamodb:UpdateItem ${Tables/checkpoints.Arn} (DynamoDB.UpdateItem): its policies do not allow it"],
        CallRules.Refused(Before.Production, Before.Calls));

    /// <summary>The CDK's event sources grant more than Lambda's guide asks for.</summary>
    [Fact]
    public void Rights_of_before_were_too_many()
    {
        var unneeded = CallRules.Unneeded(Before.Production, CallRules.Recorded);
        Assert.Contains("EventsToMail sqs:GetQueueUrl ${events-to-mail/Queue.Arn}", unneeded);
        Assert.Contains("CommandsToEvents kinesis:ListStreams ${commands/Stream.Arn}", unneeded);
    }

    [Fact]
    public void Query_service_may_write_nothing()
    {
        string[] writes = ["Put", "Update", "Delete", "BatchWrite", "Send", "Publish", "Generate"];
        var rights = new GrantedRights(synthesis.Production).Grants.Where(grant => grant.Program == "QueryApi" && grant.Resource != "*" && !grant.Action.StartsWith("logs:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(rights);
        Assert.DoesNotContain(rights, right => writes.Any(write => right.Action.Split(':')[1].StartsWith(write, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_right_that_is_missing_is_caught() => Catches(
        cloud => Statement(cloud, "QueryApi", "dynamodb:Query")["Action"] = "dynamodb:Scan",
        "its policies do not allow it");

    [Fact]
    public void A_right_under_a_condition_is_caught() => Catches(
        cloud => Statement(cloud, "CommandsToEvents", "sns:Publish")["Condition"] = JsonNode.Parse("""{"StringEquals":{"aws:SourceVpc":"vpc-1"}}"""),
        "its policy allows it under a condition only");

    [Fact]
    public void A_right_that_is_denied_is_caught() => Catches(
        cloud => Statement(cloud, "CommandsToEvents", "sns:Publish")["Effect"] = "Deny",
        "its policy denies it");

    [Fact]
    public void A_key_that_does_not_leave_it_to_IAM_is_caught() => Catches(
        cloud => cloud.At("AWS::KMS::Key", "MasterKey")["KeyPolicy"]!["Statement"]![0]!["Action"] = "kms:DescribeKey",
        "the key's policy does not leave it to IAM");

    [Fact]
    public void A_queue_that_denies_its_program_is_caught() => Catches(
        cloud => References.Listed(cloud.Of("AWS::SQS::QueuePolicy").First(policy => policy.Path == "events-to-mail/DeadLetters/Policy")["PolicyDocument"]!["Statement"])
            .First(statement => statement["Effect"]!.ToString() == "Deny").AsObject().Remove("Condition"),
        "the resource's policy denies it");

    [Theory]
    [InlineData("AWS::Kinesis::Stream", "commands/Stream", "StreamEncryption", "KeyId")]
    [InlineData("AWS::SNS::Topic", "events/Topic", "KmsMasterKeyId", null)]
    [InlineData("AWS::SQS::Queue", "events-to-orders/Queue", "KmsMasterKeyId", null)]
    [InlineData("AWS::DynamoDB::Table", "Tables/mails", "SSESpecification", "KMSMasterKeyId")]
    [InlineData("AWS::SecretsManager::Secret", "EdgeSecret/Secret1", "KmsKeyId", null)]
    public void A_store_under_a_key_that_its_callers_may_not_use_is_caught(string type, string path, string property, string? inner) => Catches(
        cloud =>
        {
            var properties = cloud.At(type, path).Properties;
            JsonNode key = "arn:aws:kms:eu-west-1:111122223333:key/1";
            if (inner is null) properties[property] = key;
            else properties[property]![inner] = key;
        },
        "kms:");

    [Fact]
    public void A_right_that_nothing_needs_is_caught()
    {
        var wide = synthesis.Production.Damaged(cloud => Statement(cloud, "CommandsToEvents", "sns:Publish")["Action"] = new JsonArray("sns:Publish", "sns:DeleteTopic"));
        Assert.Equal(["CommandsToEvents sns:DeleteTopic ${events/Topic}"], CallRules.Unneeded(wide, CallRules.Recorded));
    }

    [Fact]
    public void A_reason_for_a_right_that_nobody_has_is_caught()
    {
        var narrow = synthesis.Production.Damaged(cloud => Statement(cloud, "ClickHouse", "cloudwatch:PutMetricData")["Action"] = "cloudwatch:GetMetricData");
        Assert.Equal(["ClickHouse cloudwatch:PutMetricData *"], CallRules.Obsolete(narrow, CallRules.Recorded));
    }

    [Fact]
    public void A_right_whose_call_is_gone_is_caught()
    {
        var calls = CallRules.Recorded.Where(call => call != new Call("CommandsToEvents", "SNS.PublishBatch", "topic/events"));
        Assert.Equal(["CommandsToEvents sns:Publish ${events/Topic}"], CallRules.Unneeded(synthesis.Production, calls));
    }

    private static JsonNode Statement(Cloud cloud, string program, string action) =>
        References.Listed(cloud.At("AWS::IAM::Policy", $"{program}/Role/DefaultPolicy")["PolicyDocument"]!["Statement"])
            .First(statement => References.Texts(statement["Action"]).Contains(action));

    private void Catches(Action<Cloud> fault, string reason)
    {
        var refused = CallRules.Refused(synthesis.Production.Damaged(fault), CallRules.Recorded);
        Assert.NotEmpty(refused);
        Assert.All(refused, one => Assert.Contains(reason, one, StringComparison.Ordinal));
    }
}
