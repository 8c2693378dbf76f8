using System.Net;
using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudFront;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SimpleEmailV2;
using Amazon.SimpleNotificationService;
using ServerlessCqrs.Aws.Specs.Wire;
using ServerlessCqrs.Aws.Wire;

namespace ServerlessCqrs.Aws.Specs;

/// <summary>The features of the SDK's pipeline: signature, retries, endpoints, credentials.</summary>
public sealed class PipelineSpecs
{
    private readonly FakeService _service = new();

    [Fact]
    public async Task Every_request_is_signed_for_its_service_and_region()
    {
        _service.Answers("{}").Answers("{}");

        await new AmazonKinesisClient(FakeService.Credentials, _service.Behind(new AmazonKinesisConfig())).ListShardsAsync(new() { StreamName = "s" });
        await new AmazonSimpleEmailServiceV2Client(FakeService.Credentials, _service.Behind(new AmazonSimpleEmailServiceV2Config())).SendEmailAsync(new());

        Assert.Matches("^AWS4-HMAC-SHA256 Credential=key/[0-9]{8}/eu-central-1/kinesis/aws4_request,", _service.Sent[0].Authorization);
        Assert.Contains("x-amz-target", _service.Sent[0].Authorization);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=key/[0-9]{8}/eu-central-1/ses/aws4_request,", _service.Sent[1].Authorization);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalFailure")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.BadRequest, "ProvisionedThroughputExceededException")]
    public async Task What_is_not_the_requests_fault_is_tried_again(HttpStatusCode status, string code)
    {
        _service.Answers($$"""{"__type":"{{code}}"}""", status).Answers("""{"Shards":[{"ShardId":"shardId-0"}]}""");
        var kinesis = new AmazonKinesisClient(FakeService.Credentials, _service.Behind(new AmazonKinesisConfig()));

        var answer = await kinesis.ListShardsAsync(new() { StreamName = "s" });

        Assert.Equal("shardId-0", Assert.Single(answer.Shards!).ShardId);
        Assert.Equal(2, _service.Sent.Count);
        Assert.Equal(_service.Sent[0].Body, _service.Sent[1].Body);
    }

    [Fact]
    public async Task What_is_the_requests_fault_is_not_tried_again()
    {
        _service.Answers("""{"__type":"ResourceNotFoundException"}""", HttpStatusCode.BadRequest);
        var kinesis = new AmazonKinesisClient(FakeService.Credentials, _service.Behind(new AmazonKinesisConfig()));

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => kinesis.ListShardsAsync(new() { StreamName = "s" }));

        Assert.Single(_service.Sent);
    }

    [Fact]
    public void A_client_speaks_to_its_service_in_its_region()
    {
        Assert.Equal("https://kinesis.eu-central-1.amazonaws.com/", UrlOf(new AmazonKinesisConfig { RegionEndpoint = RegionEndpoint.EUCentral1 }));
        Assert.Equal("https://sns.eu-central-1.amazonaws.com/", UrlOf(new AmazonSimpleNotificationServiceConfig { RegionEndpoint = RegionEndpoint.EUCentral1 }));
        Assert.Equal("https://email.eu-central-1.amazonaws.com/", UrlOf(new AmazonSimpleEmailServiceV2Config { RegionEndpoint = RegionEndpoint.EUCentral1 }));
        Assert.Equal("https://secretsmanager.eu-central-1.amazonaws.com/", UrlOf(new AmazonSecretsManagerConfig { RegionEndpoint = RegionEndpoint.EUCentral1 }));
        Assert.Equal("https://cloudformation.eu-central-1.amazonaws.com/", UrlOf(new AmazonCloudFormationConfig { RegionEndpoint = RegionEndpoint.EUCentral1 }));
        Assert.Equal("https://kinesis.cn-north-1.amazonaws.com.cn/", UrlOf(new AmazonKinesisConfig { RegionEndpoint = RegionEndpoint.CNNorth1 }));
        Assert.Equal("https://kinesis-fips.us-east-1.amazonaws.com/", UrlOf(new AmazonKinesisConfig { RegionEndpoint = RegionEndpoint.USEast1, UseFIPSEndpoint = true }));
        Assert.Equal("https://kinesis.us-east-1.api.aws/", UrlOf(new AmazonKinesisConfig { RegionEndpoint = RegionEndpoint.USEast1, UseDualstackEndpoint = true }));
    }

    [Fact]
    public void CloudFront_is_one_for_the_world()
    {
        var config = new AmazonCloudFrontConfig { RegionEndpoint = RegionEndpoint.EUCentral1 };

        Assert.Equal("https://cloudfront.amazonaws.com/", UrlOf(config));
        Assert.Equal("us-east-1", config.AuthenticationRegion);
    }

    [Fact]
    public void The_environment_points_all_clients_or_one_elsewhere()
    {
        // No other spec takes the endpoint from the environment, so these variables affect none.
        string[] names = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_KINESIS", "AWS_ENDPOINT_URL_SNS", "AWS_ENDPOINT_URL_SESV2", "AWS_ENDPOINT_URL_CLOUDFRONT", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL_CLOUDFORMATION"];
        try
        {
            Environment.SetEnvironmentVariable(names[0], "http://all.test");
            Assert.All(NewConfigs(), config => Assert.Equal("http://all.test/", UrlOf(config)));

            foreach (var name in names[1..]) Environment.SetEnvironmentVariable(name, $"http://{name[17..].Replace('_', '-')}.test");
            Assert.Equal(["http://kinesis.test/", "http://sns.test/", "http://sesv2.test/", "http://cloudfront.test/", "http://secrets-manager.test/", "http://cloudformation.test/"], NewConfigs().Select(UrlOf));
        }
        finally
        {
            foreach (var name in names) Environment.SetEnvironmentVariable(name, null);
        }

        static WireConfig[] NewConfigs() =>
        [
            new AmazonKinesisConfig(),
            new AmazonSimpleNotificationServiceConfig(),
            new AmazonSimpleEmailServiceV2Config(),
            new AmazonCloudFrontConfig(),
            new AmazonSecretsManagerConfig(),
            new AmazonCloudFormationConfig(),
        ];
    }

    [Fact]
    public async Task Without_credentials_the_default_chain_is_asked()
    {
        _service.Answers("{}");
        var config = _service.Behind(new AmazonKinesisConfig());
        config.DefaultAWSCredentials = new BasicAWSCredentials("from-the-chain", "secret");

        await new AmazonKinesisClient(config).ListShardsAsync(new() { StreamName = "s" });

        Assert.Contains("Credential=from-the-chain/", _service.Sent.Single().Authorization);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        var kinesis = new AmazonKinesisClient(FakeService.Credentials, _service.Behind(new AmazonKinesisConfig()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kinesis.ListShardsAsync(new() { StreamName = "s" }, new(canceled: true)));
    }

    private static string UrlOf(WireConfig config) => new Uri(config.ResolveEndpoint(null).URL).AbsoluteUri;
}
