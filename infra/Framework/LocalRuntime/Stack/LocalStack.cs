using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Calls;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.LocalRuntime.Edge;
using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Vault;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>The whole topology on this machine, started in the order in which the parts need one another, and ended in the reverse.</summary>
public sealed class LocalStack : IAsyncDisposable
{
    private const string Distribution = "LOCALDISTRIBUTION";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly List<IAsyncDisposable> _parts = [];
    private readonly ProcessSupervisor _supervisor;
    private readonly string _dataFolder;

    private LocalStack(ProcessSupervisor supervisor, string dataFolder) => (_supervisor, _dataFolder) = (supervisor, dataFolder);

    public ReadyFile Ready { get; private set; } = null!;

    /// <summary>Returns when everything serves. What was started is ended again when something fails.</summary>
    public static async Task<LocalStack> StartAsync(LocalOptions options, Domain domain, string repositoryRoot, ILoggerFactory logs, CancellationToken ct)
    {
        var stack = new LocalStack(await ProcessSupervisor.OpenAsync(options.DataFolder, logs.CreateLogger("local"), ct), options.DataFolder);
        try
        {
            ReadyFile.Delete(options.DataFolder);
            await stack.StartPartsAsync(options, domain, repositoryRoot, logs, ct);
            stack.Ready.Write(options.DataFolder);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps the ready file's process ids as they are until the stack is to end: processes that die are started again.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                var pids = _supervisor.Pids;
                if (pids.Count == Ready.Processes.Count && pids.All(pid => Ready.Processes.GetValueOrDefault(pid.Key) == pid.Value)) continue;
                Ready = Ready with { Processes = pids };
                Ready.Write(_dataFolder);
            }
        }
        catch (OperationCanceledException)
        {
            ReadyFile.Delete(_dataFolder);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts)) await part.DisposeAsync();
        await _supervisor.DisposeAsync();
    }

    private async Task StartPartsAsync(LocalOptions options, Domain domain, string repositoryRoot, ILoggerFactory logs, CancellationToken ct)
    {
        var ports = new LocalPorts(options.Port);
        var fleet = Keep(await EmulatorFleet.StartAsync(new EmulatorFleetOptions(repositoryRoot, options.DataFolder, ports.Emulators, _supervisor), ct));
        if (fleet.Processes.ContainsKey(DynamoDbLocal.Name) && !DynamoDbLocal.IsOnLoopbackOnly(repositoryRoot))
            logs.CreateLogger("local").LogWarning(
                "DynamoDB Local listens on all interfaces at port {Port}, because this Java has no compiler. Install a JDK (on Debian: apt install openjdk-17-jdk-headless) to keep it on 127.0.0.1",
                fleet.Endpoints.DynamoDb.Port);
        var rest = ports.TakeRest();
        var aws = new AwsClients(fleet.Endpoints.DynamoDb, fleet.Endpoints.Kinesis, fleet.Endpoints.Sns, fleet.Endpoints.Sqs);
        var creation = new ResourceCreation(aws);
        var resources = await creation.CreateAsync(ShopTopology.Tables, ShopTopology.Queues, [ShopTopology.Commands], ct);

        var identity = Keep(await IdentityProvider.StartAsync(rest.Identity, options.DataFolder, TimeProvider.System, logs, ct));
        var api = new Uri($"http://127.0.0.1:{rest.Gateway}");
        var edge = Keep(await EdgeServer.StartAsync(new EdgeOptions(ports.Edge, rest.Invalidations, api, Distribution), logs, ct));
        var (clickHouse, password) = ClickHouseOptions.Parts(fleet.Endpoints.ClickHouse, "shop");
        // Only the gateway and the services know it: nobody calls a service around the gateway.
        var edgeSecret = RandomNumberGenerator.GetHexString(40);
        var vault = Keep(await VaultServer.StartAsync(
            rest.Vault,
            new FileMasterKey(Path.Combine(options.DataFolder, "master.key")),
            new Dictionary<string, string> { [VaultServer.ClickHouseSecret] = password ?? "", [VaultServer.EdgeSecret] = edgeSecret },
            logs,
            ct));
        var settings = new EnvironmentResolver(resources, new Dictionary<Provision, string>
        {
            [Provision.ClickHouse] = clickHouse,
            [Provision.ClickHouseSecret] = password is null ? "" : VaultServer.SecretArn(VaultServer.ClickHouseSecret),
            [Provision.MasterKey] = $"kms:{VaultServer.MasterKeyArn}",
            [Provision.TokenIssuer] = identity.Issuer,
            [Provision.TokenAudience] = TokenIssuer.Audience,
            [Provision.Distribution] = Distribution,
            [Provision.PublicUrl] = edge.Url.ToString().TrimEnd('/'),
            [Provision.MailFrom] = "shop@example.com",
            [Provision.CorsOrigins] = string.Join(',', options.CorsOrigins),
            [Provision.EdgeSecrets] = VaultServer.SecretArn(VaultServer.EdgeSecret),
        });

        var tips = new DynamoDbStreamTips(aws.DynamoDb, ShopTopology.StreamTips.Name, domain.Events, TimeProvider.System);
        var catchUp = new CatchUp(tips, Models(domain, aws, tips, fleet.Endpoints.ClickHouse), aws.Sqs, logs.CreateLogger("local"));
        var orderCatchUp = new OrderCatchUp(tips, aws.Sqs, logs.CreateLogger("local"));
        await CatchUpAsync(resources.Queues, ct);
        if (fleet.Processes.GetValueOrDefault(Fauxqs.Name) is { } messaging)
            messaging.OnRestarted(async (_, token) =>
            {
                var (_, queues) = await creation.CreateMessagingAsync(ShopTopology.Queues, token);
                await CatchUpAsync(queues, token);
            });

        var environment = StackEnvironment.Of(new Dictionary<string, Uri>
        {
            ["DYNAMODB"] = fleet.Endpoints.DynamoDb,
            ["KINESIS"] = fleet.Endpoints.Kinesis,
            ["SNS"] = fleet.Endpoints.Sns,
            ["SQS"] = fleet.Endpoints.Sqs,
            ["SESV2"] = fleet.Endpoints.Ses,
            ["CLOUDFRONT"] = edge.InvalidationUrl,
            ["KMS"] = vault.Url,
            ["SECRETS_MANAGER"] = vault.Url,
        }, Environment.GetEnvironmentVariable(Recording.Folder), Environment.GetEnvironmentVariable(Recording.Counts));
        var place = ProgramPlace.Of(repositoryRoot);
        var launcher = new SupervisedLauncher(_supervisor);
        var functions = LambdaPlayer.StartAsync(new LambdaPlayerOptions(ShopTopology.Functions, place, options.DataFolder, aws, resources, settings, environment, launcher), logs, ct);
        var services = Keep(await ServiceProcesses.StartAsync(rest.Services, place, settings, environment, launcher, ct));
        var gateway = new GatewayOptions(rest.Gateway, services.Urls, identity.Issuer, TokenIssuer.Audience, options.CorsOrigins) { EdgeSecret = edgeSecret };
        Keep(await ApiGateway.StartAsync(gateway, logs, ct));
        Keep(await functions);

        Ready = new ReadyFile(
            edge.Url,
            api,
            identity.Url,
            fleet.Endpoints.Ses,
            fleet.Endpoints.ClickHouse,
            new ReadyEndpoints(fleet.Endpoints.DynamoDb, fleet.Endpoints.Kinesis, fleet.Endpoints.Sns, fleet.Endpoints.Sqs, fleet.Endpoints.Ses, vault.Url, vault.Url),
            new ReadyTokens(Token("seller"), Token("customer"), Token("operator")),
            _supervisor.Pids);

        async Task CatchUpAsync(IReadOnlyDictionary<string, CreatedQueue> queues, CancellationToken token)
        {
            await catchUp.RunAsync(queues[ShopTopology.ReadModels.Name].Url, token);
            await orderCatchUp.RunAsync(queues[ShopTopology.Orders.Name].Url, queues[ShopTopology.Timeouts.Name].Url, token);
        }

        string Token(string group) => identity.Issue(new TokenRequest($"{group}-1", $"{group}-1@example.com", group));
    }

    private static LiveReadModels Models(Domain domain, AwsClients aws, IStreamTips tips, Uri clickHouse) => new(ShopReadModels.Over(
        new DynamoReadModels(aws.DynamoDb, ReadModelTables.Of(setting => ShopTopology.ReadModelTables[setting].Name), TimeProvider.System).Stores,
        new StreamReader(new ClickHouseEventHistory(new ClickHouseDatabase(ClickHouseOptions.At(clickHouse, "shop"), domain, TimeProvider.System)), tips)), new DynamoReadModelStates(aws.DynamoDb, ShopTopology.Checkpoints.Name), TimeProvider.System);

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
