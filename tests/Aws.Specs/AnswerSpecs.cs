using System.Net;
using Amazon.ApiGatewayManagementApi;
using Amazon.CloudFormation;
using Amazon.CloudFront;
using Amazon.Kinesis;
using Amazon.SecretsManager;
using Amazon.SimpleEmailV2;
using Amazon.SimpleNotificationService;
using ServerlessCqrs.Aws.Specs.Wire;

namespace ServerlessCqrs.Aws.Specs;

/// <summary>Each response in the form of the service's API reference is read completely.</summary>
public sealed class AnswerSpecs
{
    private readonly FakeService _service = new();

    private AmazonKinesisClient Kinesis => new(FakeService.Credentials, _service.Behind(new AmazonKinesisConfig()));

    private AmazonSimpleNotificationServiceClient Sns => new(FakeService.Credentials, _service.Behind(new AmazonSimpleNotificationServiceConfig()));

    private AmazonSimpleEmailServiceV2Client Ses => new(FakeService.Credentials, _service.Behind(new AmazonSimpleEmailServiceV2Config()));

    private AmazonCloudFrontClient CloudFront => new(FakeService.Credentials, _service.Behind(new AmazonCloudFrontConfig()));

    private AmazonSecretsManagerClient Secrets => new(FakeService.Credentials, _service.Behind(new AmazonSecretsManagerConfig()));

    private AmazonCloudFormationClient CloudFormation => new(FakeService.Credentials, _service.Behind(new AmazonCloudFormationConfig()));

    [Fact]
    public async Task An_empty_answer_is_a_success()
    {
        _service.Answers("", HttpStatusCode.OK, ("x-amzn-RequestId", "r-1"));

        var answer = await Kinesis.CreateStreamAsync(new() { StreamName = "s" });

        Assert.Equal(HttpStatusCode.OK, answer.HttpStatusCode);
        Assert.Equal("r-1", answer.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task A_stream_summary_gives_its_identity_and_status()
    {
        _service.Answers(
            """
            {"StreamDescriptionSummary":{"StreamName":"s","StreamARN":"arn:aws:kinesis:eu-central-1:1:stream/s","StreamStatus":"ACTIVE",
             "StreamModeDetails":{"StreamMode":"ON_DEMAND"},"RetentionPeriodHours":168,"StreamCreationTimestamp":1.5199E9,
             "EnhancedMonitoring":[{"ShardLevelMetrics":[]}],"EncryptionType":"KMS","KeyId":"k","OpenShardCount":3,"ConsumerCount":0}}
            """);

        var summary = (await Kinesis.DescribeStreamSummaryAsync(new() { StreamName = "s" })).StreamDescriptionSummary!;

        Assert.Equal("arn:aws:kinesis:eu-central-1:1:stream/s", summary.StreamARN);
        Assert.Same(StreamStatus.ACTIVE, summary.StreamStatus);
        Assert.Same(StreamMode.ON_DEMAND, summary.StreamModeDetails!.StreamMode);
        Assert.Equal(new DateTime(2018, 3, 1, 10, 26, 40, DateTimeKind.Utc), summary.StreamCreationTimestamp);
        Assert.Equal((168, 3, 0), (summary.RetentionPeriodHours, summary.OpenShardCount, summary.ConsumerCount));
        Assert.Same(EncryptionType.KMS, summary.EncryptionType);
    }

    [Fact]
    public async Task A_status_that_is_newer_than_this_code_is_kept()
    {
        _service.Answers("""{"StreamDescriptionSummary":{"StreamStatus":"RESTING"}}""");

        var summary = (await Kinesis.DescribeStreamSummaryAsync(new() { StreamName = "s" })).StreamDescriptionSummary!;

        Assert.Equal("RESTING", summary.StreamStatus!.Value);
    }

    [Fact]
    public async Task Records_are_read_with_their_bytes_and_times()
    {
        _service.Answers(
            """
            {"Records":[{"SequenceNumber":"49590338271490256608559692538361571095921575989136588898","ApproximateArrivalTimestamp":1772368200.125,
             "Data":"//77AA==","PartitionKey":"product-1"}],"NextShardIterator":"next","MillisBehindLatest":86400000,
             "ChildShards":[{"ShardId":"shardId-1","ParentShards":["shardId-0"],"HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"9"}}]}
            """);

        var answer = await Kinesis.GetRecordsAsync(new() { ShardIterator = "i" });

        var record = Assert.Single(answer.Records!);
        Assert.Equal([0xff, 0xfe, 0xfb, 0x00], record.Data!.ToArray());
        Assert.Equal(new DateTime(2026, 3, 1, 12, 30, 0, 125, DateTimeKind.Utc), record.ApproximateArrivalTimestamp);
        Assert.Equal(DateTimeKind.Utc, record.ApproximateArrivalTimestamp!.Value.Kind);
        Assert.Equal(("next", 86_400_000L), (answer.NextShardIterator, answer.MillisBehindLatest));
        Assert.Equal(["shardId-0"], Assert.Single(answer.ChildShards!).ParentShards!);
    }

    [Fact]
    public async Task Shards_are_read_with_their_parents_and_ranges()
    {
        _service.Answers(
            """
            {"Shards":[{"ShardId":"shardId-2","ParentShardId":"shardId-0","AdjacentParentShardId":"shardId-1",
             "HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"340282366920938463463374607431768211455"},
             "SequenceNumberRange":{"StartingSequenceNumber":"5","EndingSequenceNumber":"7"}}],"NextToken":"more"}
            """);

        var answer = await Kinesis.ListShardsAsync(new() { StreamName = "s" });

        var shard = Assert.Single(answer.Shards!);
        Assert.Equal(("shardId-2", "shardId-0", "shardId-1"), (shard.ShardId, shard.ParentShardId, shard.AdjacentParentShardId));
        Assert.Equal("340282366920938463463374607431768211455", shard.HashKeyRange!.EndingHashKey);
        Assert.Equal(("5", "7"), (shard.SequenceNumberRange!.StartingSequenceNumber, shard.SequenceNumberRange.EndingSequenceNumber));
        Assert.Equal("more", answer.NextToken);
    }

    [Fact]
    public async Task A_put_that_failed_in_part_tells_which_records()
    {
        _service.Answers(
            """
            {"FailedRecordCount":1,"EncryptionType":"NONE","Records":[{"SequenceNumber":"5","ShardId":"shardId-0"},
             {"ErrorCode":"ProvisionedThroughputExceededException","ErrorMessage":"Rate exceeded for shard"}]}
            """);

        var answer = await Kinesis.PutRecordsAsync(new() { StreamName = "s", Records = [] });

        Assert.Equal(1, answer.FailedRecordCount);
        Assert.Equal(("5", "shardId-0", null), (answer.Records![0].SequenceNumber, answer.Records[0].ShardId, answer.Records[0].ErrorCode));
        Assert.Equal((null, "ProvisionedThroughputExceededException"), (answer.Records[1].SequenceNumber, answer.Records[1].ErrorCode));
    }

    [Fact]
    public async Task A_topic_and_a_subscription_are_known_by_their_ARNs()
    {
        _service
            .Answers("""<CreateTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><CreateTopicResult><TopicArn>arn:t</TopicArn></CreateTopicResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></CreateTopicResponse>""")
            .Answers("""<SubscribeResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><SubscribeResult><SubscriptionArn>arn:s</SubscriptionArn></SubscribeResult></SubscribeResponse>""");
        var sns = Sns;

        var topic = await sns.CreateTopicAsync(new("t"));
        var subscription = await sns.SubscribeAsync(new() { TopicArn = "arn:t" });

        Assert.Equal(("arn:t", "r-1"), (topic.TopicArn, topic.ResponseMetadata.RequestId));
        Assert.Equal("arn:s", subscription.SubscriptionArn);
    }

    [Fact]
    public async Task A_batch_that_failed_in_part_tells_which_messages_and_whose_fault_it_was()
    {
        _service.Answers(
            """
            <PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult>
            <Failed><member><Id>b</Id><Code>InternalError</Code><Message>try again</Message><SenderFault>false</SenderFault></member></Failed>
            <Successful><member><Id>a</Id><MessageId>m-1</MessageId><SequenceNumber>1</SequenceNumber></member></Successful>
            </PublishBatchResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishBatchResponse>
            """);

        var answer = await Sns.PublishBatchAsync(new() { TopicArn = "t", PublishBatchRequestEntries = [] });

        var failed = Assert.Single(answer.Failed!);
        Assert.Equal(("b", "InternalError", "try again", false), (failed.Id, failed.Code, failed.Message, failed.SenderFault));
        var taken = Assert.Single(answer.Successful!);
        Assert.Equal(("a", "m-1", "1"), (taken.Id, taken.MessageId, taken.SequenceNumber));
    }

    [Fact]
    public async Task A_batch_without_failures_has_no_list_of_them()
    {
        _service.Answers("<PublishBatchResponse><PublishBatchResult><Failed/><Successful/></PublishBatchResult></PublishBatchResponse>");

        var answer = await Sns.PublishBatchAsync(new() { TopicArn = "t", PublishBatchRequestEntries = [] });

        Assert.Null(answer.Failed);
        Assert.Null(answer.Successful);
    }

    [Fact]
    public async Task A_mail_is_known_by_its_message_id()
    {
        _service.Answers("""{"MessageId":"m-1"}""");

        Assert.Equal("m-1", (await Ses.SendEmailAsync(new())).MessageId);
    }

    [Fact]
    public async Task An_identity_tells_whether_it_may_send()
    {
        _service.Answers("""{"IdentityType":"EMAIL_ADDRESS","VerifiedForSendingStatus":false,"DkimAttributes":{"Status":"NOT_STARTED"}}""");

        var answer = await Ses.CreateEmailIdentityAsync(new() { EmailIdentity = "a@example.com" });

        Assert.Same(IdentityType.EMAIL_ADDRESS, answer.IdentityType);
        Assert.False(answer.VerifiedForSendingStatus);
    }

    [Fact]
    public async Task An_invalidation_is_read_with_its_paths()
    {
        _service.Answers(
            """
            <?xml version="1.0"?>
            <Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I2J0I21PCUYOIK</Id><Status>InProgress</Status>
            <CreateTime>2026-03-01T12:30:00.125Z</CreateTime><InvalidationBatch><Paths><Quantity>1</Quantity><Items><Path>/a*</Path></Items></Paths>
            <CallerReference>c</CallerReference></InvalidationBatch></Invalidation>
            """,
            HttpStatusCode.Created,
            ("Location", "https://cloudfront.amazonaws.com/2020-05-31/distribution/D/invalidation/I2J0I21PCUYOIK"));

        var answer = await CloudFront.CreateInvalidationAsync(new("D", new(new() { Quantity = 1, Items = ["/a*"] }, "c")));

        var invalidation = answer.Invalidation!;
        Assert.Equal(("I2J0I21PCUYOIK", "InProgress"), (invalidation.Id, invalidation.Status));
        Assert.Equal(new DateTime(2026, 3, 1, 12, 30, 0, 125, DateTimeKind.Utc), invalidation.CreateTime);
        Assert.Equal(["/a*"], invalidation.InvalidationBatch!.Paths!.Items!);
        Assert.EndsWith("/I2J0I21PCUYOIK", answer.Location);
    }

    [Fact]
    public async Task A_secret_is_read_with_its_version()
    {
        _service
            .Answers("""{"ARN":"arn:s","Name":"clickhouse","VersionId":"v-1","SecretString":"open sesame","VersionStages":["AWSCURRENT"],"CreatedDate":1.523477145713E9}""")
            .Answers("""{"ARN":"arn:b","SecretBinary":"//77AA=="}""");
        var secrets = Secrets;

        var text = await secrets.GetSecretValueAsync(new() { SecretId = "arn:s" });
        var binary = await secrets.GetSecretValueAsync(new() { SecretId = "arn:b" });

        Assert.Equal(("arn:s", "clickhouse", "v-1", "open sesame"), (text.ARN, text.Name, text.VersionId, text.SecretString));
        Assert.Equal(["AWSCURRENT"], text.VersionStages!);
        Assert.Equal(new DateTime(2018, 4, 11, 20, 5, 45, 713, DateTimeKind.Utc), text.CreatedDate);
        Assert.Null(binary.SecretString);
        Assert.Equal([0xff, 0xfe, 0xfb, 0x00], binary.SecretBinary!.ToArray());
    }

    [Fact]
    public async Task A_stack_is_read_with_its_outputs()
    {
        _service.Answers(
            """
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>
            <member><StackName>shop-dev-data</StackName><StackId>arn:aws:cloudformation:eu-central-1:1:stack/shop-dev-data/1</StackId><StackStatus>UPDATE_COMPLETE</StackStatus>
            <Outputs><member><OutputKey>UserPoolId</OutputKey><OutputValue>eu-central-1_Ab</OutputValue><Description>Who</Description><ExportName>shop:pool</ExportName></member></Outputs></member>
            <member><StackName>new</StackName><StackStatus>RESTING</StackStatus></member>
            </Stacks><NextToken>more</NextToken></DescribeStacksResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DescribeStacksResponse>
            """);

        var answer = await CloudFormation.DescribeStacksAsync(new());

        Assert.Equal(("more", "r-1"), (answer.NextToken, answer.ResponseMetadata.RequestId));
        Assert.Equal(["shop-dev-data", "new"], answer.Stacks!.Select(stack => stack.StackName));
        Assert.Same(StackStatus.UPDATE_COMPLETE, answer.Stacks![0].StackStatus);
        var output = Assert.Single(answer.Stacks[0].Outputs!);
        Assert.Equal(("UserPoolId", "eu-central-1_Ab", "Who", "shop:pool"), (output.OutputKey, output.OutputValue, output.Description, output.ExportName));
        Assert.Equal("RESTING", answer.Stacks[1].StackStatus!.Value);
        Assert.Null(answer.Stacks[1].Outputs);
    }

    [Fact]
    public async Task A_connection_is_read_with_its_times_and_identity()
    {
        _service.Answers(
            """
            {"connectedAt":"2026-03-01T12:30:00.125Z","identity":{"sourceIp":"192.0.2.1","userAgent":"Mozilla/5.0"},
             "lastActiveAt":"2026-03-01T12:31:00Z"}
            """).Answers("").Answers("", HttpStatusCode.NoContent);
        var connections = new AmazonApiGatewayManagementApiClient(
            FakeService.Credentials,
            _service.Behind(new AmazonApiGatewayManagementApiConfig()));

        var answer = await connections.GetConnectionAsync(new() { ConnectionId = "c" });
        var posted = await connections.PostToConnectionAsync(new() { ConnectionId = "c", Data = new([1]) });
        var deleted = await connections.DeleteConnectionAsync(new() { ConnectionId = "c" });

        Assert.Equal(new DateTime(2026, 3, 1, 12, 30, 0, 125, DateTimeKind.Utc), answer.ConnectedAt);
        Assert.Equal(new DateTime(2026, 3, 1, 12, 31, 0, DateTimeKind.Utc), answer.LastActiveAt);
        Assert.Equal(("192.0.2.1", "Mozilla/5.0"), (answer.Identity!.SourceIp, answer.Identity.UserAgent));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (posted.HttpStatusCode, deleted.HttpStatusCode));
    }
}
