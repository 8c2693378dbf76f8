using Amazon.CloudFront.Model;
using Amazon.DynamoDBv2.Model;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.SecretsManager.Model;
using Amazon.SimpleEmailV2.Model;
using Amazon.SQS.Model;
using ServerlessCqrs.Calls;

namespace ServerlessCqrs.LocalRuntime.Specs.Resources;

/// <summary>The name of a recorded call contains each resource that IAM checks.</summary>
public sealed class CallNamesSpecs
{
    private readonly CallNames _names = new();

    [Fact]
    public void An_index_is_a_resource_of_its_own() => Named(
        "DynamoDB",
        new QueryRequest { TableName = "orders-v1", IndexName = "by-customer" },
        ("DynamoDB.Query", "table/orders-v1/index/by-customer"));

    [Fact]
    public void A_batch_names_each_of_its_tables() => Named(
        "DynamoDB",
        new BatchGetItemRequest { RequestItems = new() { ["a"] = new(), ["b"] = new() } },
        ("DynamoDB.BatchGetItem", "table/a"),
        ("DynamoDB.BatchGetItem", "table/b"));

    [Fact]
    public void A_transaction_names_each_of_its_parts() => Named(
        "DynamoDB",
        new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Update = new() { TableName = "a" } },
                new() { Put = new() { TableName = "b" } },
                new() { Delete = new() { TableName = "b" } },
                new() { ConditionCheck = new() { TableName = "c" } },
            ],
        },
        ("DynamoDB.TransactWriteItems.Update", "table/a"),
        ("DynamoDB.TransactWriteItems.Put", "table/b"),
        ("DynamoDB.TransactWriteItems.Delete", "table/b"),
        ("DynamoDB.TransactWriteItems.ConditionCheck", "table/c"));

    [Fact]
    public void An_iterator_is_of_the_stream_that_was_named_before()
    {
        Named("Kinesis", new GetShardIteratorRequest { StreamName = "commands" }, ("Kinesis.GetShardIterator", "stream/commands"));
        Named("Kinesis", new GetRecordsRequest { ShardIterator = "AAA" }, ("Kinesis.GetRecords", "stream/commands"));
    }

    [Fact]
    public void Every_service_has_its_kind_of_resource()
    {
        Named("SNS", new Amazon.SimpleNotificationService.Model.PublishBatchRequest { TopicArn = "arn:aws:sns:us-east-1:1:events" }, ("SNS.PublishBatch", "topic/events"));
        Named("SQS", new SendMessageRequest { QueueUrl = "http://127.0.0.1:1/000000000000/events-to-mail" }, ("SQS.SendMessage", "queue/events-to-mail"));
        Named("SESv2", new SendEmailRequest { FromEmailAddress = "shop@example.com" }, ("SESv2.SendEmail", "identity/example.com"));
        Named("CloudFront", new CreateInvalidationRequest { DistributionId = "E1" }, ("CloudFront.CreateInvalidation", "distribution"));
        Named("Secrets Manager", new GetSecretValueRequest { SecretId = "arn:aws:secretsmanager:us-east-1:1:secret:edge" }, ("SecretsManager.GetSecretValue", "secret/edge"));
    }

    /// <summary>No list contains such a resource, so the journey that made the call fails.</summary>
    [Fact]
    public void A_request_without_a_known_resource_is_recorded_as_unknown() =>
        Named("DynamoDB", new ListTablesRequest(), ("DynamoDB.ListTables", "unknown/ListTablesRequest"));

    [Fact]
    public void Recorded_calls_are_written_sorted_and_read_again()
    {
        Call[] calls = [new("b", "X.Get", "table/2"), new("a", "X.Put", "table/1"), new("b", "X.Get", "table/1")];

        var json = CallTable.Write(calls);

        Assert.Equal(json, CallTable.Write(CallTable.Parse(json).Reverse()));
        Assert.Equal([calls[1], calls[2], calls[0]], CallTable.Parse(json).ToList());
    }

    private void Named(string service, AmazonWebServiceRequest request, params (string, string)[] expected) =>
        Assert.Equal(expected, _names.Of(service, request));
}
