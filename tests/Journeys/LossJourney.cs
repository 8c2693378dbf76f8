using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>The read side may lose any part, and even everything: the log rebuilds it.</summary>
[Collection(JourneysCollection.Name)]
public sealed class LossJourney(LocalStack stack)
{
    private const int Products = 100;
    private const int Clients = 8;
    private const int Lost = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A thief receives from the real queue next to the function, and keeps two of the messages about two hundred
    /// commands.
    /// </summary>
    [Trait("Guarantee", "repair: stolen messages are found, counted and repaired, stream by stream")]
    [Fact]
    public async Task Streams_of_stolen_messages_are_found_counted_and_repaired()
    {
        var seller = await stack.UserAsync("seller");
        var products = new ConcurrentBag<Guid>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Clients };
        await Parallel.ForAsync(0, Products, options, async (_, _) => products.Add(await seller.CreateProductAsync()));
        // After an acknowledgement the event may not be in the queue yet, because the outcome is answered right after
        // the commit.
        await Parallel.ForEachAsync(products, options, async (product, _) => await seller.SeesAsync(product, 1));
        using var queues = new Queues(stack);
        await queues.DrainedAsync();
        await using var quiet = await stack.HangClockworkAsync();

        var thief = StealAsync(queues, [.. products.Select(ProductStreams.IdOf)]);
        // One change each. A read model that misses it has lost the last hint.
        await Parallel.ForEachAsync(products, options, async (product, _) => Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(90), ("Prefer", "wait=20"))).Status));
        var stolen = await thief.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Parallel.ForEachAsync(products.Where(product => !stolen.Contains(ProductStreams.IdOf(product))), options, async (product, _) => await seller.SeesAsync(product, 2));
        await queues.DrainedAsync(ShopTopology.ReadModels);

        Assert.Equal((stolen.Count, stolen.Count, 0L), await ReconcileAsync());
        Assert.Equal((0L, 0L, 0L), await ReconcileAsync());
        // Functions that wait for the read model, like the edge's cache, can continue.
        await queues.DrainedAsync();
        await Operator.VerifyAsync(stack);
    }

    [Trait("Guarantee", "repair: the whole read side can be lost and is rebuilt byte for byte")]
    [Fact]
    public async Task Lost_read_side_is_rebuilt_byte_for_byte()
    {
        var (seller, customer) = (await stack.UserAsync("seller"), await stack.UserAsync("customer"));
        var order = await customer.OrderAsync((await seller.CreateProductAsync(), 1), (await seller.CreateProductAsync(), 2));
        await customer.SeesOrderAsync(order, "confirmed");
        using var queues = new Queues(stack);
        await using var quiet = await stack.HangClockworkAsync();
        await queues.DrainedAsync();
        using var dynamo = new DynamoDb(stack);
        // The latest ranking may be a few seconds old.
        await MakeAgainAsync(ShopTopology.BestSellersV1);
        var before = await DumpAsync();
        Assert.All(before.Where(table => table.Table is "products-v1" or "orders-v1" or "recommendations-v1" or "best-sellers-v1"), table => Assert.NotEmpty(table.Items));

        foreach (var table in Tables) await dynamo.EmptyAsync(table);
        Assert.All(await DumpAsync(), table => Assert.Empty(table.Items));
        foreach (var model in ShopTopology.ReadModelItems.Except([ShopTopology.ProductsV2]).Append(ShopTopology.BestSellersV1)) await MakeAgainAsync(model);

        Assert.Equal(before, await DumpAsync());
        await Operator.VerifyAsync(stack);

        async Task MakeAgainAsync(Table model)
        {
            var (exitCode, output) = await Operator.RunDeployedAsync(stack, "rebuild", model.Name, "--all", "--restart");
            Assert.True(exitCode == 0, output);
        }

        async Task<IReadOnlyList<(string Table, string Items)>> DumpAsync()
        {
            List<(string, string)> tables = [];
            foreach (var table in Tables) tables.Add((table.Name, await dynamo.DumpAsync(table)));
            return tables;
        }
    }

    private static IEnumerable<Table> Tables => ShopTopology.Views.Models.SelectMany(model => model.Tables).Except([ShopTopology.ProductsV2]).Concat([ShopTopology.RecommendationsV1, ShopTopology.BestSellersV1]);

    /// <summary>
    /// Receives messages of the read models, keeps some about these streams, and sends the others on.
    /// </summary>
    private static async Task<HashSet<StreamId>> StealAsync(Queues queues, HashSet<StreamId> mine)
    {
        HashSet<StreamId> stolen = [];
        var url = await queues.UrlAsync(ShopTopology.ReadModels.Name);
        for (var kept = 0; kept < Lost;)
        {
            var taken = (await queues.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { WaitTimeSeconds = 1 }, TestContext.Current.CancellationToken)).Messages;
            if (taken is not [var message]) continue;
            var about = EventMessage.Parse(ShopContracts.Events, message.Body).Events.Select(e => e.Stream).ToHashSet();
            if (about.Count == 0 || !about.IsSubsetOf(mine))
            {
                await queues.Sqs.SendMessageAsync(url, message.Body);
            }
            else
            {
                stolen.UnionWith(about);
                kept++;
            }

            await queues.Sqs.DeleteMessageAsync(url, message.ReceiptHandle);
        }

        return stolen;
    }

    /// <summary>Returns how many items of both product models were repaired, and how many of others.</summary>
    private async Task<(long Products, long Search, long Others)> ReconcileAsync()
    {
        var (exitCode, output) = await Operator.RunDeployedAsync(stack, "reconcile", "--json", "--grace", "0");
        Assert.True(exitCode == 0, output);
        var repaired = JsonDocument.Parse(output).RootElement.GetProperty("models").EnumerateArray().ToDictionary(model => model.GetProperty("model").GetString()!, model => model.GetProperty("repaired").GetInt64());
        return (repaired.GetValueOrDefault(ShopTopology.ProductsV1.Name), repaired.GetValueOrDefault(ShopTopology.ProductSearchV1.Name), repaired.Where(model => model.Key is not ("products-v1" or "product-search-v1")).Sum(model => model.Value));
    }
}
