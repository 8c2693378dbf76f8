using System.Diagnostics;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Local;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Benchmarks;

/// <summary>A local stack for one benchmark, on free ports and with a folder of its own, and the Operator on it.</summary>
internal sealed class OwnStack : IAsyncDisposable
{
    /// <summary>Whose token a local stack gives to its seller.</summary>
    public static readonly Actor Seller = new("seller-1", ShopRoles.Seller);

    private readonly string _root, _folder;
    private readonly ILoggerFactory _logs;
    private readonly LocalStack _stack;
    private readonly AwsClients _aws;
    private readonly ClickHouseDatabase _database;

    private OwnStack(string root, string folder, ILoggerFactory logs, LocalStack stack)
    {
        (_root, _folder, _logs, _stack) = (root, folder, logs, stack);
        var ready = stack.Ready;
        _aws = new AwsClients(ready.Endpoints.DynamoDb, ready.Endpoints.Kinesis, ready.Endpoints.Sns, ready.Endpoints.Sqs);
        _database = new ClickHouseDatabase(ClickHouseOptions.At(ready.ClickHouse, "shop"), ShopDomain.Instance, TimeProvider.System);
    }

    public RunningStack Running => new(_stack.Ready.Edge, _stack.Ready.Api, _stack.Ready.Tokens["seller"]);

    /// <summary>A customer's token.</summary>
    public string Customer => _stack.Ready.Tokens["customer"];

    public Uri Mail => _stack.Ready.Mail;

    public IAmazonSQS Sqs => _aws.Sqs;

    public ClickHouseEventHistory History => new(_database);

    public HistorySeed Seed => new(new DynamoDbStreamTips(_aws.DynamoDb, ShopTopology.StreamTips.Name, ShopContracts.Events, TimeProvider.System), new ClickHouseEventLog(_database), History);

    public static async Task<OwnStack> StartAsync(CancellationToken ct)
    {
        var root = RepositoryRoot.Find();
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        var logs = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error));
        await NpmPackages.EnsureInstalledAsync(root, logs.CreateLogger("local"), ct);
        var options = new LocalOptions(folder, Port: 0) { Console = false };
        return new OwnStack(root, folder, logs, await LocalStack.StartAsync(options, ShopTopology.All, ShopLocal.Additions, root, logs, ct));
    }

    /// <summary>Runs the Operator as a person does. What it printed, line by line.</summary>
    /// <exception cref="LatencyException">It found something that is not good, or failed.</exception>
    public Task<IReadOnlyList<string>> OperateAsync(string[] arguments, CancellationToken ct) => OperatorProcess.RunAsync(_root, _folder, arguments, ct);

    /// <summary>The Operator, at work.</summary>
    public Process StartOperator(string[] arguments) => OperatorProcess.Start(_root, _folder, arguments);

    public async ValueTask DisposeAsync()
    {
        _aws.Dispose();
        _database.Dispose();
        await _stack.DisposeAsync();
        _logs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
