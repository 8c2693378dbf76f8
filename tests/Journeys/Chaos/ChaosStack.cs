using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>A local stack, started like a user does, which reaches its emulators only through proxies.</summary>
internal sealed class ChaosStack : IAsyncDisposable
{
    // Otherwise failed messages would be redelivered after minutes. It is shorter than a function's timeout, so a
    // second function may get a message while the first handles it.
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _data = Directory.CreateTempSubdirectory("shop-chaos-").FullName;
    private ProcessSupervisor? _supervisor;
    private LocalStack? _shop;

    public LocalStack Shop => _shop!;

    public EmulatorFleet Fleet { get; private set; } = null!;

    /// <summary>The proxies by the name of their service.</summary>
    public IReadOnlyDictionary<string, ChaosProxy> Proxies { get; private set; } = new Dictionary<string, ChaosProxy>();

    public static async Task<ChaosStack> StartAsync(ChaosDice dice)
    {
        var stack = new ChaosStack();
        try
        {
            await stack.StartPartsAsync(dice);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Redrives dead letters, and waits until every queue is empty. Fails if the number of messages does not fall for
    /// <see cref="Patience"/>, because a busy machine needs longer for many.
    /// </summary>
    public async Task DrainAsync()
    {
        using var sqs = Sqs();
        var left = await LeftAsync(sqs);
        while (left.Count > 0)
        {
            var before = left;
            await Eventually.TrueAsync(
                async () => Sum(left = await LeftAsync(sqs)) < Sum(before),
                Patience,
                () => $"the queues do not become emptier: {string.Join(", ", left.Select(queue => $"{queue.Key} has {queue.Value}"))}");
        }

        static int Sum(Dictionary<string, int> queues) => queues.Values.Sum();
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null) await _shop.DisposeAsync();
        foreach (var proxy in Proxies.Values) await proxy.DisposeAsync();
        if (Fleet is not null) await Fleet.DisposeAsync();
        if (_supervisor is not null) await _supervisor.DisposeAsync();
        if (Environment.GetEnvironmentVariable("JOURNEYS_KEEP_DATA") is null) Directory.Delete(_data, recursive: true);
    }

    private async Task StartPartsAsync(ChaosDice dice)
    {
        var root = RepositoryRoot.Find();
        await NpmPackages.EnsureInstalledAsync(root, NullLogger.Instance, CancellationToken.None);
        var emulators = Path.Combine(_data, "emulators");
        _supervisor = await ProcessSupervisor.OpenAsync(emulators, NullLogger.Instance, CancellationToken.None);
        Fleet = await EmulatorFleet.StartAsync(new EmulatorFleetOptions(root, emulators, new Ports(0), _supervisor) { Environment = _ => null }, CancellationToken.None);
        var at = Fleet.Endpoints;
        Proxies = new Dictionary<string, ChaosProxy>
        {
            ["dynamodb"] = new("dynamodb", at.DynamoDb, dice),
            ["kinesis"] = new("kinesis", at.Kinesis, dice),
            ["sns"] = new("sns", at.Sns, dice),
            ["sqs"] = new("sqs", at.Sqs, dice),
            ["ses"] = new("ses", at.Ses, dice, doubles: false),
            ["clickhouse"] = new("clickhouse", at.ClickHouse, dice),
        };
        _shop = await LocalStack.StartAsync(Path.Combine(_data, "shop"), environment: new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = UrlOf("dynamodb"),
            ["AWS_ENDPOINT_URL_KINESIS"] = UrlOf("kinesis"),
            ["AWS_ENDPOINT_URL_SNS"] = UrlOf("sns"),
            ["AWS_ENDPOINT_URL_SQS"] = UrlOf("sqs"),
            ["AWS_ENDPOINT_URL_SESV2"] = UrlOf("ses"),
            ["CLICKHOUSE_URL"] = new UriBuilder(at.ClickHouse) { Port = Proxies["clickhouse"].Url.Port }.Uri.ToString(),
        });
        using var sqs = Sqs();
        foreach (var queue in ShopTopology.Queues)
        {
            var attributes = new Dictionary<string, string> { ["VisibilityTimeout"] = Visibility.TotalSeconds.ToString(CultureInfo.InvariantCulture) };
            // A settled order needs no check, however early. Otherwise the queue would be empty only after minutes.
            if (queue.Delay > Visibility) attributes["DelaySeconds"] = attributes["VisibilityTimeout"];
            await sqs.SetQueueAttributesAsync((await sqs.GetQueueUrlAsync(queue.Name)).QueueUrl, attributes);
        }
    }

    private string UrlOf(string service) => Proxies[service].Url.ToString().TrimEnd('/');

    private AmazonSQSClient Sqs() => new(new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = Fleet.Endpoints.Sqs.ToString(), AuthenticationRegion = "us-east-1" });

    /// <summary>Redrives dead letters, and returns the queues with messages and their number.</summary>
    private static async Task<Dictionary<string, int>> LeftAsync(AmazonSQSClient sqs)
    {
        var left = new Dictionary<string, int>();
        // Messages with a longer delay do not matter here.
        foreach (var queue in ShopTopology.Queues.Where(queue => queue.Delay < Patience))
        {
            var (url, dead) = ((await sqs.GetQueueUrlAsync(queue.Name)).QueueUrl, (await sqs.GetQueueUrlAsync(queue.DeadLettersName)).QueueUrl);
            await RedriveAsync(sqs, dead, url);
            if (await CountAsync(sqs, url) + await CountAsync(sqs, dead) is > 0 and var count) left[queue.Name] = count;
        }

        return left;
    }

    private static async Task RedriveAsync(AmazonSQSClient sqs, string from, string to)
    {
        while ((await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(from) { MaxNumberOfMessages = 10 })).Messages is { Count: > 0 } dead)
        {
            foreach (var letter in dead)
            {
                await sqs.SendMessageAsync(to, letter.Body);
                await sqs.DeleteMessageAsync(from, letter.ReceiptHandle);
            }
        }
    }

    private static async Task<int> CountAsync(AmazonSQSClient sqs, string url)
    {
        var counts = await sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(url, ["All"]));
        return counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible + counts.ApproximateNumberOfMessagesDelayed;
    }
}
