using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Calls;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.LocalRuntime.Edge;
using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Sockets;
using ServerlessCqrs.LocalRuntime.Vault;
using ServerlessCqrs.NpmBuilds;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>The whole topology on this machine, started in the order in which the parts need one another, and ended in the reverse.</summary>
public sealed class LocalStack : IAsyncDisposable
{
    private const string Distribution = "LOCALDISTRIBUTION";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly List<IAsyncDisposable> _parts = [];
    private readonly ProcessSupervisor _supervisor;
    private readonly string _dataFolder;
    private ConsoleProcess? _console;

    private LocalStack(ProcessSupervisor supervisor, string dataFolder) => (_supervisor, _dataFolder) = (supervisor, dataFolder);

    public ReadyFile Ready { get; private set; } = null!;

    /// <summary>The whole program: parses the arguments, starts the stack, prints the greeting and stops everything at the end.</summary>
    public static Task<int> RunAsync(string[] args, SystemTopology system, LocalAdditions additions) => StartFailures.ReportAsync(
        () => CommandLine.Parse(args, system, additions.Demo, (options, ct) => RunAsync(options, system, additions, ct))
            .InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }),
        Console.Error);

    /// <summary>Returns when everything serves. What was started is ended again when something fails.</summary>
    public static async Task<LocalStack> StartAsync(
        LocalOptions options, SystemTopology system, LocalAdditions additions, string repositoryRoot, ILoggerFactory logs, CancellationToken ct)
    {
        var stack = new LocalStack(await ProcessSupervisor.OpenAsync(options.DataFolder, logs.CreateLogger("local"), ct), options.DataFolder);
        try
        {
            ReadyFile.Delete(options.DataFolder);
            await stack.StartPartsAsync(options, system, additions, repositoryRoot, logs, ct);
            stack.Ready.Write(options.DataFolder);
            // It finds the stack by the ready file.
            if (stack._console is { } console) await console.StartAsync(ProgramPlace.Of(repositoryRoot), stack._supervisor, logs.CreateLogger("local"), ct);
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

    private static async Task<int> RunAsync(LocalOptions options, SystemTopology system, LocalAdditions additions, CancellationToken ct)
    {
        var missing = RequiredPrograms.Check();
        foreach (var line in missing) await Console.Error.WriteLineAsync(line);
        if (missing.Count > 0) return 1;

        using var logs = LoggerFactory.Create(builder => builder
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Yarp", LogLevel.Warning));
        try
        {
            var root = RepositoryRoot.Find();
            await NpmPackages.EnsureInstalledAsync(root, logs.CreateLogger("local"), ct);
            if (system.Page is { } page) await PageBuild.EnsureBuiltAsync(root, page, logs.CreateLogger("local"), ct);
            if (options.Console && additions.Operator is not null) await ConsoleProcess.EnsurePageBuiltAsync(root, logs.CreateLogger("local"), ct);
            var began = Stopwatch.GetTimestamp();
            var folder = Welcome.FolderFrom(Environment.CurrentDirectory, options.DataFolder);
            await using (var stack = await StartAsync(options, system, additions, root, logs, ct))
            {
                TryFiles.Write(options.DataFolder, stack.Ready.Tokens, additions.Files);
                var commands = additions.Commands(stack.Ready.Edge, folder);
                Console.WriteLine(Welcome.Text(stack.Ready, Stopwatch.GetElapsedTime(began), folder, commands, hasPage: system.Page is not null));
                if (options.WithDemo && additions.Demo is { } demo) await stack.StartDemoAsync(demo, ProgramPlace.Of(root), ct);
                await stack.WatchAsync(ct);
                Console.WriteLine("Stopping …");
            }

            Console.WriteLine(Welcome.Farewell(folder));
            return 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>The demo is the last part, so it ends first.</summary>
    private async Task StartDemoAsync(LocalDemo demo, ProgramPlace place, CancellationToken ct) =>
        _parts.Add(await _supervisor.StartAsync(new ProcessSpec("demo", ProgramPlace.DotNet, [place.AssemblyOf(demo.Project), .. demo.Arguments(_dataFolder)]), ct));

    private async Task StartPartsAsync(
        LocalOptions options, SystemTopology system, LocalAdditions additions, string repositoryRoot, ILoggerFactory logs, CancellationToken ct)
    {
        var ports = new LocalPorts(options.Port, system);
        var fleet = Keep(await EmulatorFleet.StartAsync(new EmulatorFleetOptions(repositoryRoot, options.DataFolder, ports.Emulators, _supervisor) { ClickHouseUser = system.Name }, ct));
        if (fleet.Processes.ContainsKey(DynamoDbLocal.Name) && !DynamoDbLocal.IsOnLoopbackOnly(repositoryRoot))
            logs.CreateLogger("local").LogWarning(
                "DynamoDB Local listens on all interfaces at port {Port}, because this Java has no compiler. Install a JDK (on Debian: apt install openjdk-17-jdk-headless) to keep it on 127.0.0.1",
                fleet.Endpoints.DynamoDb.Port);
        var rest = ports.TakeRest();
        var aws = new AwsClients(fleet.Endpoints.DynamoDb, fleet.Endpoints.Kinesis, fleet.Endpoints.Sns, fleet.Endpoints.Sqs);
        var creation = new ResourceCreation(aws);
        var resources = await creation.CreateAsync(system.Tables, system.Queues, [system.Commands], ct);

        var audience = $"{system.Name}-local";
        var identity = Keep(await IdentityProvider.StartAsync(new IdentityOptions(rest.Identity, options.DataFolder, audience, system.Groups)
        {
            Callbacks = Callbacks(system.Page, ports.Edge, options.CorsOrigins),
            Accounts = additions.Accounts,
        }, TimeProvider.System, logs, ct));
        var api = new Uri($"http://127.0.0.1:{rest.Gateway}");
        // Only the gateway and the services know it: nobody calls a service around the gateway.
        var edgeSecret = RandomNumberGenerator.GetHexString(40);
        var sockets = system.Live is { } live ? Keep(await SocketGateway.StartAsync(rest.Sockets, live.Path, logs, ct)) : null;
        var edgeOptions = new EdgeOptions(ports.Edge, rest.Invalidations, api, Distribution, system.Edge)
        {
            Site = system.Page is { } page ? new SiteFiles(page, PageBuild.FolderOf(repositoryRoot, page), identity.Issuer, audience) : null,
            Sockets = sockets is null ? null : new SocketOrigin(sockets.Url, system.Edge.SecretHeader, edgeSecret),
        };
        var edge = Keep(await EdgeServer.StartAsync(edgeOptions, logs, ct));
        var (clickHouse, password) = ClickHouseOptions.Parts(fleet.Endpoints.ClickHouse, system.Name);
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
            [Provision.TokenAudience] = audience,
            [Provision.Distribution] = Distribution,
            [Provision.PublicUrl] = edge.Url.ToString().TrimEnd('/'),
            [Provision.MailFrom] = $"{system.Name}@example.com",
            [Provision.CorsOrigins] = string.Join(',', options.CorsOrigins),
            [Provision.ConnectionsUrl] = sockets?.Url.ToString() ?? "",
            [Provision.EdgeSecrets] = VaultServer.SecretArn(VaultServer.EdgeSecret),
        });

        var log = ClickHouseOptions.At(fleet.Endpoints.ClickHouse, system.Name);
        var catchUp = additions.CatchUp?.Invoke(new LocalStores(aws, log, logs.CreateLogger("local")));
        if (catchUp is not null) await catchUp.RunAsync(resources.Queues, ct);
        if (fleet.Processes.GetValueOrDefault(Fauxqs.Name) is { } messaging)
            messaging.OnRestarted(async (_, token) =>
            {
                var (_, queues) = await creation.CreateMessagingAsync(system.Queues, token);
                if (catchUp is not null) await catchUp.RunAsync(queues, token);
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
        var functions = LambdaPlayer.StartAsync(new LambdaPlayerOptions(system.Functions, place, options.DataFolder, aws, resources, settings, environment, launcher), logs, ct);
        var services = Keep(await ServiceProcesses.StartAsync(rest.Services, place, settings, environment, launcher, ct));
        var gateway = new GatewayOptions(rest.Gateway, services.Urls, system.Edge, identity.Issuer, audience, options.CorsOrigins) { EdgeSecret = edgeSecret };
        Keep(await ApiGateway.StartAsync(gateway, logs, ct));
        var player = Keep(await functions);
        if (sockets is not null) sockets.Serve(player.Invoker(system.Live!.Function));

        _console = options.Console && additions.Operator is { } program ? new ConsoleProcess(program, ports.TakeConsole(), options.DataFolder) : null;
        Ready = new ReadyFile(
            edge.Url,
            api,
            identity.Url,
            fleet.Endpoints.Ses,
            fleet.Endpoints.ClickHouse,
            system.Live is null ? null : new UriBuilder(edge.Url) { Scheme = "ws", Path = system.Live.Path }.Uri,
            new ReadyEndpoints(fleet.Endpoints.DynamoDb, fleet.Endpoints.Kinesis, fleet.Endpoints.Sns, fleet.Endpoints.Sqs, fleet.Endpoints.Ses, vault.Url, vault.Url),
            system.Groups.Names.ToDictionary(group => group, Token),
            _supervisor.Pids,
            _console?.Url);

        string Token(string group) => identity.Issue(new TokenRequest($"{group}-1", $"{group}-1@example.com", group));
    }

    /// <summary>Where people come back to who signed in: on the edge under both its names, and on development servers of the page.</summary>
    private static IReadOnlyList<string> Callbacks(StaticSite? page, int edge, IReadOnlyList<string> origins) => page is null
        ? []
        : [.. ((string[])[$"http://127.0.0.1:{edge}", $"http://localhost:{edge}", .. origins.Where(origin => origin != "*")]).Select(origin => origin + page.SignedIn)];

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
