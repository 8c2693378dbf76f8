using System.Collections.Concurrent;
using System.Text;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Specs.Emulators;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

/// <summary>The real function processes on the emulators.</summary>
[Collection(FleetCollection.Name)]
public sealed class LambdaPlayerSpecs(FleetFixture fleet) : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private ProcessSupervisor? _supervisor;
    private AwsClients? _aws;
    private LambdaPlayerOptions? _options;

    private string CheckpointPath => Path.Combine(_data.Path, "mappings", "CommandsToEvents.json");

    public async ValueTask InitializeAsync()
    {
        var endpoints = fleet.Fleet.Endpoints;
        _supervisor = await ProcessSupervisor.OpenAsync(_data.Path, NullLogger.Instance, TestContext.Current.CancellationToken);
        _aws = new AwsClients(endpoints.DynamoDb, endpoints.Kinesis, endpoints.Sns, endpoints.Sqs);
        var resources = await new ResourceCreation(_aws).CreateAsync(ShopTopology.Tables, ShopTopology.Queues, [ShopTopology.Commands], TestContext.Current.CancellationToken);
        var provided = new Dictionary<Provision, string>
        {
            [Provision.ClickHouse] = $"{fleet.ClickHouse};Database=shop",
            [Provision.ClickHouseSecret] = "",
        };
        _options = new LambdaPlayerOptions(
            [ShopTopology.CommandsToEvents],
            ProgramPlace.Of(RepositoryRoot.Find()),
            _data.Path,
            _aws,
            resources,
            new EnvironmentResolver(resources, provided),
            StackEnvironment.Of(new Dictionary<string, Uri> { ["DYNAMODB"] = endpoints.DynamoDb, ["KINESIS"] = endpoints.Kinesis, ["SNS"] = endpoints.Sns, ["SQS"] = endpoints.Sqs }),
            new SupervisedLauncher(_supervisor));
    }

    public async ValueTask DisposeAsync()
    {
        await _supervisor!.DisposeAsync();
        _aws!.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Function_has_a_process_per_shard_and_a_killed_one_returns_to_its_records()
    {
        await using var player = await LambdaPlayer.StartAsync(_options!, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        Assert.Equal(["CommandsToEvents", "CommandsToEvents-2"], player.Processes.Keys.Order());
        var before = player.Processes;

        foreach (var pid in before.Values)
            Posix.Kill(pid);
        await PutMalformedAsync();
        await Waiting.UntilAsync(() => File.Exists(CheckpointPath), "the malformed record to be refused and passed");

        var after = player.Processes;
        Assert.Empty(before.Values.Intersect(after.Values));
    }

    [Fact]
    public async Task A_function_on_a_schedule_is_invoked_and_so_the_canary_sees_what_it_wrote()
    {
        var canary = ShopTopology.CanaryToLag with { Mapping = new ScheduleMapping(TimeSpan.FromSeconds(1)) };
        var options = _options! with { Functions = [ShopTopology.CommandsToEvents, ShopTopology.EventsToReadModels, canary] };
        await using var player = await LambdaPlayer.StartAsync(options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

        await Waiting.UntilAsync(() => Recorded().Count(line => line.Contains("\"Seen\":true", StringComparison.Ordinal)) >= 2, "the canary to be seen twice");

        Assert.All(Recorded(), line => Assert.Contains("\"FunctionName\":\"CanaryToLag\"", line, StringComparison.Ordinal));

        IEnumerable<string> Recorded()
        {
            var log = Path.Combine(_data.Path, "logs", "CanaryToLag.log");
            using var file = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return file.ReadToEnd().Split('\n').Where(line => line.StartsWith("{\"_aws\"", StringComparison.Ordinal)).ToList();
        }
    }

    [Fact]
    public async Task Function_of_a_queue_gets_its_second_process_when_the_first_is_at_work()
    {
        var runtimes = new RuntimesThatHold();
        var options = _options! with { Functions = [ShopTopology.EventsToReadModels], Launcher = runtimes };
        await using var player = await LambdaPlayer.StartAsync(options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        Assert.Equal(["EventsToReadModels"], runtimes.Launched);
        using var over = new CancellationTokenSource();
        var invoker = player.Invoker(ShopTopology.EventsToReadModels);

        var first = invoker.InvokeAsync("{}"u8.ToArray(), over.Token);
        await Waiting.UntilAsync(() => runtimes.Held == 1, "the first process to hold an invocation");
        var second = invoker.InvokeAsync("{}"u8.ToArray(), over.Token);
        await Waiting.UntilAsync(() => runtimes.Held == 2, "the second process to hold the other");

        Assert.Equal(["EventsToReadModels", "EventsToReadModels-2"], runtimes.Launched);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(first, second));
    }

    private Task PutMalformedAsync() => _aws!.Kinesis.PutRecordsAsync(new PutRecordsRequest
    {
        StreamName = ShopTopology.Commands.Name,
        Records = [new() { PartitionKey = "product-1", Data = new MemoryStream(Encoding.UTF8.GetBytes("not a command")) }],
    });

    /// <summary>Programs that each request one invocation and never respond to it.</summary>
    private sealed class RuntimesThatHold : IProcessLauncher
    {
        private readonly ConcurrentQueue<string> _launched = [];
        private int _held;

        public IEnumerable<string> Launched => _launched;

        public int Held => Volatile.Read(ref _held);

        public async Task<IProgramProcess> LaunchAsync(ProgramLaunch launch, CancellationToken ct)
        {
            _launched.Enqueue(launch.Name);
            _ = HoldAsync(launch.Environment["AWS_LAMBDA_RUNTIME_API"], ct);
            while (!await launch.IsReady(ct)) await Task.Delay(TimeSpan.FromMilliseconds(5), ct);
            return new FakeProcess { Pid = _launched.Count };
        }

        private async Task HoldAsync(string runtime, CancellationToken ct)
        {
            using var http = new HttpClient();
            using var next = await http.GetAsync(new Uri($"http://{runtime}/2018-06-01/runtime/invocation/next"), ct);
            Interlocked.Increment(ref _held);
        }
    }
}
