using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.ApiGatewayManagementApi;
using Amazon.CloudFormation;
using Amazon.CloudFront;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SimpleEmailV2;
using Amazon.SimpleNotificationService;
using ServerlessCqrs.Aws.Specs.Wire;

namespace ServerlessCqrs.Aws.Specs;

/// <summary>Each operation sends the same request as the official SDK for the same parameters.</summary>
public sealed class RequestSpecs
{
    private readonly FakeService _service = new FakeService().Answers("", HttpStatusCode.BadRequest);

    private AmazonKinesisClient Kinesis => new(FakeService.Credentials, _service.Behind(new AmazonKinesisConfig()));

    private AmazonSimpleNotificationServiceClient Sns => new(FakeService.Credentials, _service.Behind(new AmazonSimpleNotificationServiceConfig()));

    private AmazonSimpleEmailServiceV2Client Ses => new(FakeService.Credentials, _service.Behind(new AmazonSimpleEmailServiceV2Config()));

    private AmazonCloudFrontClient CloudFront => new(FakeService.Credentials, _service.Behind(new AmazonCloudFrontConfig()));

    private AmazonSecretsManagerClient Secrets => new(FakeService.Credentials, _service.Behind(new AmazonSecretsManagerConfig()));

    private AmazonCloudFormationClient CloudFormation => new(FakeService.Credentials, _service.Behind(new AmazonCloudFormationConfig()));

    private AmazonApiGatewayManagementApiClient Connections =>
        new(FakeService.Credentials, _service.Behind(new AmazonApiGatewayManagementApiConfig()));

    [Fact]
    public Task CreateStream_is_sent_as_the_official_SDK_sends_it() => IsSentAs("Kinesis.CreateStream", Kinesis.CreateStreamAsync(new()
    {
        StreamName = "commands",
        ShardCount = 2,
        StreamModeDetails = new() { StreamMode = StreamMode.PROVISIONED },
        Tags = new() { ["team"] = "shop" },
    }));

    [Fact]
    public Task DescribeStreamSummary_is_sent_as_the_official_SDK_sends_it() =>
        IsSentAs("Kinesis.DescribeStreamSummary", Kinesis.DescribeStreamSummaryAsync(new() { StreamName = "commands" }));

    [Fact]
    public Task ListShards_is_sent_as_the_official_SDK_sends_it() => IsSentAs("Kinesis.ListShards", Kinesis.ListShardsAsync(new()
    {
        StreamName = "commands",
        MaxResults = 100,
        ExclusiveStartShardId = "shardId-000000000000",
    }));

    [Fact]
    public Task GetShardIterator_is_sent_as_the_official_SDK_sends_it() => IsSentAs("Kinesis.GetShardIterator", Kinesis.GetShardIteratorAsync(new()
    {
        StreamName = "commands",
        ShardId = "shardId-000000000000",
        ShardIteratorType = ShardIteratorType.AT_TIMESTAMP,
        Timestamp = new DateTime(2026, 3, 1, 12, 30, 0, 500, DateTimeKind.Utc),
    }));

    [Fact]
    public Task GetRecords_is_sent_as_the_official_SDK_sends_it() =>
        IsSentAs("Kinesis.GetRecords", Kinesis.GetRecordsAsync(new() { ShardIterator = "AAAA+/iterator==", Limit = 1000 }));

    [Fact]
    public Task PutRecords_is_sent_as_the_official_SDK_sends_it() => IsSentAs("Kinesis.PutRecords", Kinesis.PutRecordsAsync(new()
    {
        StreamName = "commands",
        Records =
        [
            new() { Data = new("""{"price":80}"""u8.ToArray()), PartitionKey = "product-1" },
            new() { Data = new([0xff, 0xfe, 0xfb, 0x00]), PartitionKey = "größe <&> \"2\"", ExplicitHashKey = "170141183460469231731687303715884105728" },
        ],
    }));

    [Fact]
    public async Task A_record_is_sent_whole_wherever_its_stream_stands()
    {
        var data = new MemoryStream([1, 2, 3]) { Position = 2 };

        await Ended(Kinesis.PutRecordsAsync(new() { StreamName = "s", Records = [new() { Data = data, PartitionKey = "k" }] }));

        Assert.Contains("\"AQID\"", _service.Sent.Single().Body);
    }

    [Fact]
    public Task CreateTopic_is_sent_as_the_official_SDK_sends_it() => IsSentAs("Sns.CreateTopic", Sns.CreateTopicAsync(new()
    {
        Name = "events",
        Attributes = new() { ["DisplayName"] = "Events of the shop" },
    }));

    [Fact]
    public Task Subscribe_is_sent_as_the_official_SDK_sends_it() => IsSentAs("Sns.Subscribe", Sns.SubscribeAsync(new()
    {
        TopicArn = "arn:aws:sns:eu-central-1:000000000000:events",
        Protocol = "sqs",
        Endpoint = "arn:aws:sqs:eu-central-1:000000000000:mail",
        Attributes = new() { ["RawMessageDelivery"] = "true", ["FilterPolicy"] = """{"kind":["ProductPriceUpdated"]}""" },
        ReturnSubscriptionArn = true,
    }));

    [Fact]
    public Task PublishBatch_is_sent_as_the_official_SDK_sends_it() => IsSentAs("Sns.PublishBatch", Sns.PublishBatchAsync(new()
    {
        TopicArn = "arn:aws:sns:eu-central-1:000000000000:events",
        PublishBatchRequestEntries =
        [
            new()
            {
                Id = "0",
                Message = """{"a":"größe & 100% + ~*(x)"}""",
                Subject = "s",
                MessageStructure = "json",
                MessageAttributes = new()
                {
                    ["kind"] = new() { DataType = "String", StringValue = "ProductPriceUpdated" },
                    ["digest"] = new() { DataType = "Binary", BinaryValue = new([0xff, 0xfe, 0xfb]) },
                },
            },
            new() { Id = "1", Message = "two", MessageDeduplicationId = "d", MessageGroupId = "g" },
        ],
    }));

    [Fact]
    public Task CreateEmailIdentity_is_sent_as_the_official_SDK_sends_it() =>
        IsSentAs("SesV2.CreateEmailIdentity", Ses.CreateEmailIdentityAsync(new() { EmailIdentity = "shop@example.com" }));

    [Fact]
    public Task SendEmail_is_sent_as_the_official_SDK_sends_it() => IsSentAs("SesV2.SendEmail", Ses.SendEmailAsync(new()
    {
        FromEmailAddress = "Shop <shop@example.com>",
        Destination = new() { ToAddresses = ["a@example.com"], CcAddresses = ["c@example.com"], BccAddresses = ["b@example.com"] },
        ReplyToAddresses = ["r@example.com"],
        Content = new()
        {
            Simple = new()
            {
                Subject = new() { Data = "Der Preis fällt", Charset = "UTF-8" },
                Body = new()
                {
                    Text = new() { Data = "80 €", Charset = "UTF-8" },
                    Html = new() { Data = """<p class="new">80 € & less</p>""", Charset = "UTF-8" },
                },
                Headers = [new() { Name = "List-Unsubscribe", Value = "<https://shop.example/unsubscribe/x>" }],
            },
        },
        EmailTags = [new() { Name = "kind", Value = "price" }],
        ConfigurationSetName = "shop",
    }));

    [Fact]
    public Task A_raw_mail_is_sent_as_the_official_SDK_sends_it() => IsSentAs("SesV2.SendEmail.Raw", Ses.SendEmailAsync(new()
    {
        Content = new() { Raw = new() { Data = new("Subject: x\r\n\r\ny"u8.ToArray()) } },
    }));

    [Fact]
    public Task CreateInvalidation_is_sent_as_the_official_SDK_sends_it() => IsSentAs("CloudFront.CreateInvalidation", CloudFront.CreateInvalidationAsync(new()
    {
        DistributionId = "EDFDVBD6EXAMPLE",
        InvalidationBatch = new()
        {
            CallerReference = "event-1 & 2",
            Paths = new() { Quantity = 2, Items = ["/products/1*", "/products/<2>"] },
        },
    }));

    [Fact]
    public Task GetSecretValue_is_sent_as_the_official_SDK_sends_it() => IsSentAs("SecretsManager.GetSecretValue", Secrets.GetSecretValueAsync(new()
    {
        SecretId = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:clickhouse-AbCdEf",
        VersionStage = "AWSCURRENT",
    }));

    [Fact]
    public Task DescribeStacks_is_sent_as_the_official_SDK_sends_it() =>
        IsSentAs("CloudFormation.DescribeStacks", CloudFormation.DescribeStacksAsync(new() { StackName = "shop-dev-data", NextToken = "a+/=" }));

    [Fact]
    public Task PostToConnection_is_sent_as_the_official_SDK_sends_it() =>
        IsSentAs("ApiGatewayManagementApi.PostToConnection", Connections.PostToConnectionAsync(new()
        {
            ConnectionId = "WyHPAfymhcw+/CENw=",
            Data = new("""{"stream":"product-1","version":8}"""u8.ToArray()) { Position = 3 },
        }));

    [Fact]
    public Task GetConnection_is_sent_as_the_official_SDK_sends_it() => IsSentAs(
        "ApiGatewayManagementApi.GetConnection",
        Connections.GetConnectionAsync(new() { ConnectionId = "WyHPAfymhcwCENw=" }));

    [Fact]
    public Task DeleteConnection_is_sent_as_the_official_SDK_sends_it() => IsSentAs(
        "ApiGatewayManagementApi.DeleteConnection",
        Connections.DeleteConnectionAsync(new() { ConnectionId = "WyHPAfymhcwCENw=" }));

    [Fact]
    public async Task Post_to_a_connection_goes_below_the_stage_and_is_signed_for_execute_api()
    {
        var config = _service.Behind(new AmazonApiGatewayManagementApiConfig());
        config.ServiceURL = "http://service.test/live";

        await Ended(new AmazonApiGatewayManagementApiClient(FakeService.Credentials, config)
            .PostToConnectionAsync(new() { ConnectionId = "a=", Data = new([1]) }));

        Assert.Equal("/live/@connections/a%3D", Unescaped(_service.Sent.Single().Path));
        Assert.Contains("/eu-central-1/execute-api/aws4_request,", _service.Sent.Single().Authorization);
    }

    private async Task IsSentAs(string recording, Task call)
    {
        await Ended(call);
        var (sent, recorded) = (_service.Sent.Single(), SentRequest.Recorded(recording));

        Assert.Equal((recorded.Method, recorded.Path, recorded.Target), (sent.Method, Unescaped(sent.Path), sent.Target));
        if (recorded.ContentType is { } type) Assert.StartsWith(type, sent.ContentType);
        if (recorded.Body.StartsWith('{')) Assert.True(JsonNode.DeepEquals(JsonNode.Parse(recorded.Body), JsonNode.Parse(sent.Body)), sent.Body);
        else if (recorded.Body.StartsWith('<')) Assert.Equal(XElement.Parse(recorded.Body).ToString(), XElement.Parse(sent.Body).ToString());
        else Assert.Equal(recorded.Body.Split('&').Order(), sent.Body.Split('&').Order());
    }

    // RFC 3986 allows @ in a path, both plain and escaped.
    private static string Unescaped(string path) => path.Replace("%40", "@", StringComparison.Ordinal);

    private static Task Ended(Task call) => Assert.ThrowsAnyAsync<AmazonServiceException>(() => call);
}
