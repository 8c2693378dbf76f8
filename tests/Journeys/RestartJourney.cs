using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// Stops a stack with work in progress and starts it again on the same folder. Then starts it on a folder in which one
/// store is from an earlier time. It is in the shared collection so that it runs alone, though it has its own stack.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class RestartJourney
{
    // A stack takes fewer consecutive ports.
    private const int Ports = 20;

    private static readonly string[] Stores = ["clickhouse", "dynamodb"];

    private static readonly string[] Models = ["products-v1", "product-search-v1", "orders-v1", "reviews-v1"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public Task A_stack_goes_on_where_it_was_ended() => InAFolderAsync(async (folder, port) =>
    {
        var (seller, product, inFlight) = await LiveAndEndAsync(folder, port);
        await using var stack = await LocalStack.StartAsync(folder, port);
        await GoesOnAsync(stack, seller, product, inFlight);
    });

    /// <summary>
    /// Starts five stacks one after another, which takes too long for every run. Run it by its name
    /// (infra/Aws/README.md, "Restore").
    /// </summary>
    [Fact(Explicit = true)]
    public Task A_stack_is_recovered_where_either_store_was_restored() => InAFolderAsync(async (folder, port) =>
    {
        var (seller, product, inFlight) = await LiveAndEndAsync(folder, port);
        foreach (var store in Stores) await CopyAsync(Path.Combine(folder, store), Path.Combine(folder, $"{store}-of-then"));
        var events = await GoOnAsync(folder, port, seller, product, inFlight);

        await RestoreAsync(folder, "clickhouse");
        await RecoverAsync(folder, port, seller, product, "The tip goes back to the log", async stack =>
        {
            await Eventually.TrueAsync(async () => (await Operator.RunAsync(stack, "parked", "list")).Output.Contains("No command is parked", StringComparison.Ordinal), Patience, () => "commands are still parked");
            await Eventually.TrueAsync(async () => await CountAsync(stack) >= events, Patience, () => $"fewer events than the {events} of before were decided again");
            // The same decisions at another time.
            foreach (var model in Models) Good(await Operator.RunAsync(stack, "rebuild", model, "--all"));
        });
        await RestoreAsync(folder, "dynamodb");
        await RecoverAsync(folder, port, seller, product, "The tip is made from the log", async stack => Good(await Operator.RunAsync(stack, "reconcile", "--grace", "0")));
    });

    private static async Task InAFolderAsync(Func<string, int, Task> act)
    {
        var folder = Directory.CreateTempSubdirectory("shop-restart-").FullName;
        try
        {
            // Uses the same addresses, because tokens contain their issuer's.
            await act(folder, FreePorts());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Asserts that the work in progress is done, and nothing is missing.</summary>
    private static async Task GoesOnAsync(LocalStack stack, Client seller, Guid product, IReadOnlyList<string> inFlight)
    {
        var again = stack.User(seller.Subject, seller.Token!);
        // The product itself and its search entry.
        Assert.Contains("2 items of read models were behind", stack.Output, StringComparison.Ordinal);
        Assert.Equal(80, (await again.SeesAsync(product, 2)).Json.GetProperty("pricing").GetProperty("currentPrice").GetDecimal());
        foreach (var status in inFlight)
        {
            var last = "";
            await Eventually.TrueAsync(async () => (last = (await again.GetAsync(status)).Text).Contains("\"applied\"", StringComparison.Ordinal), Patience, () => $"{status}: {last}");
        }

        await again.SeesAsync(product, 2 + inFlight.Count);
        // The read may be answered from the tip, and the log gets the latest commit a moment later.
        var logged = "";
        await Eventually.TrueAsync(
            async () => int.Parse(logged = await ClickHouse.QueryAsync(stack, "SELECT count() FROM events FINAL WHERE stream_id = {stream:String}", ("stream", $"product-{product}")), CultureInfo.InvariantCulture) >= 2 + inFlight.Count,
            Patience,
            () => $"the log has {logged} events");
        Assert.Equal(2 + inFlight.Count, int.Parse(logged, CultureInfo.InvariantCulture));
        await Operator.VerifyAsync(stack);
    }

    /// <summary>
    /// Starts the stack again, makes it do more, and stops it at rest. Returns the number of events then.
    /// </summary>
    private static async Task<int> GoOnAsync(string folder, int port, Client seller, Guid product, IReadOnlyList<string> inFlight)
    {
        await using var stack = await LocalStack.StartAsync(folder, port);
        await GoesOnAsync(stack, seller, product, inFlight);
        var again = stack.User(seller.Subject, seller.Token!);
        foreach (var price in new[] { 90, 100 }) Applied(await again.PostAsync($"products/{product}/price", Client.Price(price), ("Prefer", "wait=20")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.PostAsync($"products/{product}/price", Client.Price(1), ("Prefer", "wait=20"))).Status);
        var customer = await stack.UserAsync("customer");
        await customer.SeesOrderAsync(await customer.OrderAsync((product, 2), (await again.CreateProductAsync(), 1)), "confirmed");
        return await CountAsync(stack);
    }

    private static Task RestoreAsync(string folder, string store)
    {
        Directory.Delete(Path.Combine(folder, store), recursive: true);
        return CopyAsync(Path.Combine(folder, $"{store}-of-then"), Path.Combine(folder, store));
    }

    /// <summary>Runs the documented commands on a stack with a restored store, and sends it a command.</summary>
    private static async Task RecoverAsync(string folder, int port, Client seller, Guid product, string found, Func<LocalStack, Task> repair)
    {
        await using var stack = await LocalStack.StartAsync(folder, port);
        await using (await stack.HangAsync(ShopTopology.CommandsToEvents.Name))
        {
            var (dryCode, dry) = await Operator.RunAsync(stack, "recover");
            Assert.True(dryCode == 1 && dry.Contains(found, StringComparison.Ordinal) && dry.Contains("--apply", StringComparison.Ordinal), dry);
            Good(await Operator.RunAsync(stack, "recover", "--apply"));
        }

        await repair(stack);
        await Operator.VerifyAsync(stack);

        var again = stack.User(seller.Subject, seller.Token!);
        Applied(await again.PostAsync($"products/{product}/stock", new { delta = 1, reason = "counted" }, ("Prefer", "wait=20")));
        await Operator.VerifyAsync(stack);
    }

    private static void Applied(Answer answer) => Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);

    private static void Good((int ExitCode, string Output) run) => Assert.True(run.ExitCode == 0, run.Output);

    private static async Task<int> CountAsync(LocalStack stack) => int.Parse(await ClickHouse.QueryAsync(stack, "SELECT count() FROM events FINAL"), CultureInfo.InvariantCulture);

    /// <summary>Copies a folder including its links.</summary>
    private static async Task CopyAsync(string from, string to)
    {
        using var copying = Process.Start("cp", ["-a", from, to]);
        await copying.WaitForExitAsync();
        Assert.Equal(0, copying.ExitCode);
    }

    /// <summary>
    /// Stops a stack whose read model surely lags, because its publisher hangs. More commands are acknowledged than
    /// applied.
    /// </summary>
    private static async Task<(Client Seller, Guid Product, IReadOnlyList<string> InFlight)> LiveAndEndAsync(string folder, int port)
    {
        await using var stack = await LocalStack.StartAsync(folder, port);
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        await seller.SeesAsync(product, 1);

        await stack.HangAsync("sns-sqs");
        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(80), ("Prefer", "wait=20"))).Status);
        List<string> inFlight = [];
        for (var i = 1; i <= 10; i++)
        {
            var answer = await seller.PostAsync($"products/{product}/stock", new { delta = 1, reason = $"delivery {i}" });
            Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
            inFlight.Add(answer.Json.GetProperty("statusUrl").GetString()!.TrimStart('/'));
        }

        return (seller, product, inFlight);
    }

    private static int FreePorts()
    {
        var random = new Random();
        while (true)
        {
            // Below the range of ephemeral ports.
            var first = random.Next(11_000, 19_000);
            if (Enumerable.Range(first, Ports).All(IsFree)) return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
