using System.Net;
using System.Net.Sockets;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.ClickHouse;
using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

[Collection(FleetCollection.Name)]
public sealed class FleetSpecs(FleetFixture fixture)
{
    [Fact]
    public async Task Queues_are_forgotten_by_a_restart_and_created_anew_by_their_owner()
    {
        using var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonSQSConfig { ServiceURL = fixture.Fleet.Endpoints.Sqs.ToString(), AuthenticationRegion = "us-east-1" });
        await sqs.CreateQueueAsync("forgotten");
        using var creation = fixture.Fleet.Processes[Fauxqs.Name].OnRestarted((_, ct) => sqs.CreateQueueAsync("recreated", ct));

        await fixture.KillAndAwaitRestartAsync(Fauxqs.Name);

        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => sqs.GetQueueUrlAsync("forgotten"));
        var url = (await sqs.GetQueueUrlAsync("recreated")).QueueUrl;
        await sqs.SendMessageAsync(url, "hello");
        Assert.Equal("hello", (await sqs.ReceiveMessageAsync(url)).Messages.Single().Body);
    }

    [Fact]
    public async Task Mail_can_be_read_as_json()
    {
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(fixture.Fleet.Endpoints.Ses, "/store"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>
    /// A server that listens on all interfaces also responds at 127.0.0.2, which Linux has by default.
    /// </summary>
    [Fact]
    public async Task All_emulators_listen_on_127_0_0_1_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs 127.0.0.2 to be a local address");
        Assert.SkipUnless(DynamoDbLocal.IsOnLoopbackOnly(RepositoryRoot.Find()), "this Java has no compiler, so DynamoDB Local listens on all interfaces");

        foreach (var endpoint in Endpoints)
        {
            using var client = new TcpClient();
            var refusal = await Assert.ThrowsAsync<SocketException>(
                async () => await client.ConnectAsync(IPAddress.Parse("127.0.0.2"), endpoint.Port, TestContext.Current.CancellationToken));
            Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "", false)]
    [InlineData("127.0.0.1", "Sec-Fetch-Site: none", false)]
    [InlineData("evil.example", "", true)]
    [InlineData("127.0.0.1.evil.example", "", true)]
    [InlineData("127.0.0.1", "Origin: https://evil.example", true)]
    [InlineData("127.0.0.1", "Origin: null", true)]
    [InlineData("127.0.0.1", "Sec-Fetch-Site: cross-site", true)]
    public async Task No_emulator_answers_a_web_page(string host, string header, bool isRefused)
    {
        foreach (var endpoint in Endpoints)
        {
            // Without its password ClickHouse responds to nobody, always with 404.
            var refused = endpoint == fixture.Fleet.Endpoints.ClickHouse ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden;
            string[] head = ["GET / HTTP/1.1", $"Host: {host}:{endpoint.Port}", .. header.Length == 0 ? Array.Empty<string>() : [header]];

            var answer = await RawHttp.SendAsync(endpoint, head);

            if (isRefused)
                Assert.Equal((int)refused, RawHttp.StatusOf(answer));
            else if (refused == HttpStatusCode.Forbidden)
                Assert.DoesNotContain("Only programs of this machine", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control-Allow-Origin: https://evil.example", answer, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Access-Control-Allow-Origin: *", isRefused ? answer : "", StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(5, 1_000_000, null)]
    [InlineData(6, 900_000, "Records size exceeds 5 MB limit")]
    [InlineData(1, 1_048_575, "Record size exceeds 1 MB limit")]
    public async Task Kinesis_refuses_the_sizes_that_AWS_refuses(int records, int bytes, string? refusal)
    {
        var ct = TestContext.Current.CancellationToken;
        var endpoints = fixture.Fleet.Endpoints;
        using var aws = new AwsClients(endpoints.DynamoDb, endpoints.Kinesis, endpoints.Sns, endpoints.Sqs);
        await new ResourceCreation(aws).CreateAsync([], [], [new EventStream("sizes", Shards: 1, Retention: TimeSpan.FromDays(1))], ct);
        var request = new PutRecordsRequest
        {
            StreamName = "sizes",
            Records = [.. Enumerable.Range(0, records).Select(_ => new PutRecordsRequestEntry { PartitionKey = "key", Data = new MemoryStream(new byte[bytes]) })],
        };

        var put = () => aws.Kinesis.PutRecordsAsync(request, ct);

        if (refusal is null)
            await put();
        else
            Assert.Contains(refusal, (await Assert.ThrowsAsync<InvalidArgumentException>(put)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 131_000, false)]
    [InlineData(2, 131_100, true)]
    public async Task SNS_refuses_a_batch_over_256_KB(int messages, int bytes, bool isRefused)
    {
        var ct = TestContext.Current.CancellationToken;
        var endpoints = fixture.Fleet.Endpoints;
        using var aws = new AwsClients(endpoints.DynamoDb, endpoints.Kinesis, endpoints.Sns, endpoints.Sqs);
        var topic = (await aws.Sns.CreateTopicAsync(new CreateTopicRequest("sizes"), ct)).TopicArn;
        var request = new PublishBatchRequest
        {
            TopicArn = topic,
            PublishBatchRequestEntries = [.. Enumerable.Range(0, messages).Select(i => new PublishBatchRequestEntry { Id = $"{i}", Message = new string('a', bytes) })],
        };

        var publish = () => aws.Sns.PublishBatchAsync(request, ct);

        if (isRefused)
            Assert.Equal("BatchRequestTooLong", (await Assert.ThrowsAnyAsync<AmazonServiceException>(publish)).ErrorCode.Replace("Exception", "", StringComparison.Ordinal));
        else
            await publish();
    }

    private Uri[] Endpoints
    {
        get
        {
            var all = fixture.Fleet.Endpoints;
            return [all.DynamoDb, all.Kinesis, all.Sns, all.Sqs, all.Ses, all.ClickHouse];
        }
    }

    [Fact]
    public async Task A_service_that_has_an_endpoint_elsewhere_is_not_started()
    {
        using var data = new TemporaryFolder();
        await using var supervisor = await ProcessSupervisor.OpenAsync(data.Path, NullLogger.Instance, TestContext.Current.CancellationToken);
        var options = new EmulatorFleetOptions(RepositoryRoot.Find(), data.Path, new Ports(0), supervisor)
        {
            Environment = name => name switch
            {
                "AWS_ENDPOINT_URL" => "http://localhost:4566",
                "AWS_ENDPOINT_URL_SESV2" => "http://localhost:8005",
                _ => null,
            },
        };

        await using var fleet = await EmulatorFleet.StartAsync(options, TestContext.Current.CancellationToken);

        Assert.Equal([ClickHouseServer.Name], fleet.Processes.Keys);
        Assert.Equal(new Uri("http://localhost:4566"), fleet.Endpoints.Kinesis);
        Assert.Equal(new Uri("http://localhost:4566"), fleet.Endpoints.Sqs);
        Assert.Equal(new Uri("http://localhost:8005"), fleet.Endpoints.Ses);
    }
}
