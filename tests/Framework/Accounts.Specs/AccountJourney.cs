using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Reconciling;
using ServerlessCqrs.Projections.Stores;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Accounts.Specs;

/// <summary>The bank on the local stack: its topology, its services and its functions, without anything of the shop.</summary>
public sealed class AccountJourney
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Deposit_is_taken_shown_verified_and_rebuilt()
    {
        var folder = Directory.CreateTempSubdirectory("bank-").FullName;
        using var logs = LoggerFactory.Create(builder => builder.AddSimpleConsole().SetMinimumLevel(LogLevel.Error));
        await NpmPackages.EnsureInstalledAsync(RepositoryRoot.Find(), logs.CreateLogger("local"), Ct);
        await using (var stack = await LocalStack.StartAsync(new LocalOptions(folder, Port: 0), AccountTopology.All, AccountViews.Additions, RepositoryRoot.Find(), logs, Ct))
        {
            using var holder = new HttpClient { BaseAddress = stack.Ready.Edge };
            var account = Guid.NewGuid();

            Assert.Equal(HttpStatusCode.Unauthorized, (await holder.PutAsJsonAsync($"/accounts/{account}", new { }, Ct)).StatusCode);
            holder.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Ready.Tokens[AccountDomain.Holder]);
            await holder.PutAsJsonAsync($"/accounts/{account}", new { }, Ct);
            await holder.PostAsJsonAsync($"/accounts/{account}/deposits", new { amount = 100 }, Ct);
            var refused = await holder.PostAsJsonAsync($"/accounts/{account}/withdrawals", new { amount = 101 }, Ct);
            Assert.Equal(HttpStatusCode.Accepted, refused.StatusCode);

            var outcome = await FoundAsync(holder, refused.Headers.Location!.ToString(), _ => true);
            Assert.Equal(("refused", AccountRefusals.NotCovered.Code), (outcome.GetProperty("status").GetString(), outcome.GetProperty("code").GetString()));
            var document = await FoundAsync(holder, $"/accounts/{account}", found => found.GetProperty("version").GetInt64() == 2);
            Assert.Equal(100, document.GetProperty("balance").GetDecimal());
            await VerifyAsync(stack.Ready, account);
            await RebuildAsync(stack.Ready, folder, holder, account);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Log, tip and item agree, and no item is behind.</summary>
    private static async Task VerifyAsync(ReadyFile ready, Guid account)
    {
        using var aws = new AwsClients(ready.Endpoints.DynamoDb, ready.Endpoints.Kinesis, ready.Endpoints.Sns, ready.Endpoints.Sqs);
        using var database = new ClickHouseDatabase(ClickHouseOptions.At(ready.ClickHouse, AccountTopology.All.Name), AccountDomain.Instance, TimeProvider.System);
        var history = new ClickHouseEventHistory(database);
        var tips = new DynamoDbStreamTips(aws.DynamoDb, AccountTopology.StreamTips.Name, AccountDomain.Instance.Events, TimeProvider.System);
        var models = AccountViews.All.Over(
            ReadModelStores.OnDynamo(AccountViews.All, aws.DynamoDb, table => table.Name, TimeProvider.System),
            new StreamReader(history, tips));
        var live = new LiveReadModels(models, new DynamoReadModelStates(aws.DynamoDb, AccountTopology.Checkpoints.Name), TimeProvider.System);

        var (report, _) = await new Reconciler(live, history, tips, history, TimeProvider.System).RunAsync(after: null, limit: 100, TimeSpan.Zero, Ct);
        var events = await new StreamReader(history, tips).ReadAsync(Account.IdOf(account), HistoryBounds.Everything, Ct);

        Assert.Equal(1, report.Streams);
        Assert.All(report.Models, model => Assert.Equal((1, 0, 0), (model.Items, model.OnTheWay, model.Drifted)));
        Assert.Equal([new AccountOpened($"{AccountDomain.Holder}-1"), new AmountDeposited(100)], events.Select(e => e.Event));
    }

    /// <summary>The bank's Operator is the framework's, with the bank passed in.</summary>
    private static async Task RebuildAsync(ReadyFile ready, string folder, HttpClient holder, Guid account)
    {
        using var aws = new AwsClients(ready.Endpoints.DynamoDb, ready.Endpoints.Kinesis, ready.Endpoints.Sns, ready.Endpoints.Sqs);
        await aws.DynamoDb.DeleteItemAsync(AccountTopology.AccountsV1.Name, new() { ["stream"] = new(Account.IdOf(account).ToString()) }, Ct);

        var rebuilt = await OperateAsync(folder, "rebuild", AccountViews.AccountsV1, "--all");
        var verified = await OperateAsync(folder, "verify");

        Assert.True(rebuilt.ExitCode == 0, rebuilt.Output);
        Assert.Contains("verify: 1 streams, 2 events, 3 commands, 1 items: clean", verified.Output, StringComparison.Ordinal);
        await FoundAsync(holder, $"/accounts/{account}", found => found.GetProperty("balance").GetDecimal() == 100);
    }

    private static async Task<(int ExitCode, string Output)> OperateAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AccountOperator).Assembly.Location, .. arguments, "--data", folder])
        {
            Environment = { [AccountTopology.ProgramSetting] = nameof(AccountOperator) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Asks until the answer is there and is the wanted one.</summary>
    private static async Task<JsonElement> FoundAsync(HttpClient client, string path, Func<JsonElement, bool> isWanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        while (true)
        {
            using var answer = await client.GetAsync(path, patience.Token);
            if (answer.StatusCode == HttpStatusCode.OK && await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token) is var found && isWanted(found)) return found;
            await Task.Delay(Look, patience.Token);
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
