using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>What operators and sellers do with the history of a working stack.</summary>
[Collection(JourneysCollection.Name)]
public sealed class HistoryJourney(LocalStack stack)
{
    private static readonly TimeSpan PaceOfWrites = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_product_its_list_and_its_trail_are_told_as_they_were()
    {
        var seller = await stack.UserAsync("seller");
        var category = $"history {Guid.NewGuid():N}";
        var product = await seller.CreateProductAsync(100, category);
        var before = await seller.SeesAsync(product, 1);
        var then = $"{before.Json.GetProperty("updatedAt").GetDateTimeOffset():yyyy-MM-ddTHH:mm:ss.fffZ}";
        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(80), ("Prefer", "wait=20"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await seller.PostAsync($"products/{product}/price", Client.Price(1), ("Prefer", "wait=20"))).Status);
        await seller.SeesAsync(product, 2);

        Assert.Equal(before.Text, (await seller.GetFromApiAsync($"products/{product}?asOf={then}")).Text);
        var list = (await seller.GetFromApiAsync($"products?category={Uri.EscapeDataString(category)}&asOf={then}")).Json.GetProperty("items");
        Assert.Equal((1, 100m), (list.GetArrayLength(), list[0].GetProperty("currentPrice").GetDecimal()));

        var trail = (await seller.GetAsync($"products/{product}/history")).Json.GetProperty("items");
        Assert.Equal(["refused", "applied", "applied"], trail.EnumerateArray().Select(item => item.GetProperty("status").GetString()));
        Assert.Equal("pricing.currentPrice", trail[1].GetProperty("events")[0].GetProperty("changes")[0].GetProperty("path").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await stack.Anonymous.GetAsync($"products/{product}/history")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await stack.UserAsync("seller")).GetAsync($"products/{product}/history")).Status);

        // Without a stream only the log is read, which gets a refusal a moment after the answer.
        await Eventually.TrueAsync(
            async () => (await ClickHouse.QueryAsync(stack, "SELECT count() FROM commands FINAL WHERE stream_id = {stream:String}", ("stream", $"product-{product}"))).Trim() == "3",
            TimeSpan.FromSeconds(60),
            () => "the trail is short");
        var (exitCode, lines) = await Operator.RunDeployedAsync(stack, "history", "--actor", seller.Subject, "--format", "ndjson");
        Assert.True(exitCode == 0, lines);
        Assert.Equal(["CreateProduct", "UpdateProductPrice", "UpdateProductPrice"], lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()));
        var (_, difference) = await Operator.RunDeployedAsync(stack, "diff", $"product-{product}", "--from", "1", "--to", "2");
        Assert.Contains("pricing.currentPrice: 100 → 80", difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_of_a_lost_message_are_repaired_and_a_second_run_finds_nothing()
    {
        var seller = await stack.UserAsync("seller");
        var products = new List<Guid>();
        for (var i = 0; i < 3; i++) products.Add(await seller.CreateProductAsync());
        foreach (var product in products) await seller.SeesAsync(product, 1);
        using var queues = new Queues(stack);
        await queues.DrainedAsync(ShopTopology.ReadModels);
        await using var quiet = await stack.HangClockworkAsync();
        using var dynamo = new DynamoDb(stack);

        // Deletes the items, as if the message of their creation had been lost.
        foreach (var product in products.Take(2)) await dynamo.DeleteAsync(ShopTopology.ProductsV1, $"product-{product}");

        Assert.Equal(2, await ReconcileAsync());
        Assert.Equal(0, await ReconcileAsync());
        foreach (var product in products) await seller.SeesAsync(product, 1);

        async Task<long> ReconcileAsync()
        {
            var (exitCode, output) = await Operator.RunDeployedAsync(stack, "reconcile", "--json", "--grace", "0");
            Assert.True(exitCode == 0, output);
            return JsonDocument.Parse(output).RootElement.GetProperty("models").EnumerateArray().Single(model => model.GetProperty("model").GetString() == "products-v1").GetProperty("repaired").GetInt64();
        }
    }

    [Fact]
    public async Task A_dead_letter_is_redriven_and_its_stream_is_where_it_should_be()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var stream = ProductStreams.IdOf(product);
        using var queues = new Queues(stack);
        var letters = await queues.UrlAsync(ShopTopology.ReadModels.DeadLettersName);
        await queues.Sqs.SendMessageAsync(letters, EventMessage.Write([], [new StreamHint(stream, 1, Rebuild: true)]));

        var (_, redriven) = await Operator.RunDeployedAsync(stack, "deadletters", "redrive", "--stream", stream.ToString());
        var (_, operations) = await Operator.RunDeployedAsync(stack, "history", "--operations");

        Assert.Contains("1 dead letters were sent to their functions again", redriven, StringComparison.Ordinal);
        Assert.Empty((await queues.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(letters) { WaitTimeSeconds = 0 })).Messages ?? []);
        Assert.Contains($"events-to-read-models: {stream} from version 1", operations, StringComparison.Ordinal);
        await seller.SeesAsync(product, 1);
    }

    /// <summary>
    /// Two versions of the products are switched and switched back. Meanwhile a seller changes a price, and readers
    /// read it: at the edge with and without a segment, and past the edge.
    /// </summary>
    [Trait("Guarantee", "history: a new version of a read model is released and rolled back under load without a wrong answer")]
    [Fact]
    public async Task New_version_is_released_and_rolled_back_under_load_without_a_wrong_answer()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var path = $"products/{product}";
        await seller.SeesAsync(product, 1);
        var named = new RoutedReader(() => stack.Anonymous.GetAsync(path, (ShopTopology.Edge.SegmentHeader, "session-1")));
        var anyone = new RoutedReader(() => stack.Anonymous.GetAsync(path));
        var direct = new RoutedReader(() => stack.Anonymous.GetFromApiAsync(path));
        RoutedReader[] readers = [named, anyone, direct];
        using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var load = Task.WhenAll([WriteAsync(seller, path, done.Token), .. readers.Select(reader => reader.RunAsync(done.Token))]);

        Assert.Contains("readmodel build products v2", await OperateAsync(2, "route", "products", "v2", "--percent", "10"), StringComparison.Ordinal);
        await OperateAsync(0, "build", "products", "v2");
        Assert.Contains(": clean", await OperateAsync(0, "compare", "products", "v2"), StringComparison.Ordinal);
        Assert.All(readers, reader => Assert.False(reader.HasSeenSecond));

        await OperateAsync(0, "route", "products", "v2", "--segment", "session-1");
        await named.SeesAsync(isSecond: true);
        Assert.False(anyone.HasSeenSecond || direct.HasSeenSecond);
        await OperateAsync(0, "route", "products", "v2", "--percent", "100");
        foreach (var reader in readers) await reader.SeesAsync(isSecond: true);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => seller.CreateProductAsync()));
        foreach (var list in new[] { "products?category=audio&sort=price", "products?category=audio&sort=name", "products?category=audio&sort=newest", "products/search?q=wireless" })
            Assert.Equal(HttpStatusCode.OK, (await stack.Anonymous.GetFromApiAsync(list)).Status);

        Assert.Contains("route back products first", await OperateAsync(2, "retire", "products", "v2"), StringComparison.Ordinal);
        await OperateAsync(0, "retire", "products", "v1");
        var later = await seller.CreateProductAsync();
        await seller.SeesAsync(later, 1);
        Assert.Contains("readmodel build products v1", await OperateAsync(2, "route", "back", "products"), StringComparison.Ordinal);
        await OperateAsync(0, "build", "products", "v1");

        await OperateAsync(0, "route", "back", "products");
        foreach (var reader in readers) await reader.SeesAsync(isSecond: false);
        await seller.SeesAsync(later, 1);
        await done.CancelAsync();
        await load;
        await OperateAsync(0, "retire", "products", "v2");
        Assert.All(readers, reader => Assert.Empty(reader.Wrong));

        async Task<string> OperateAsync(int exitCode, params string[] arguments)
        {
            var (exit, output) = await Operator.RunDeployedAsync(stack, ["readmodel", .. arguments]);
            Assert.True(exit == exitCode, output);
            return output;
        }
    }

    /// <summary>Changes the price at a steady pace until the token is cancelled.</summary>
    private static async Task WriteAsync(Client seller, string path, CancellationToken stop)
    {
        for (var change = 1; !stop.IsCancellationRequested; change++, await Task.Delay(PaceOfWrites, CancellationToken.None))
        {
            var answer = await seller.PostAsync($"{path}/price", Client.Price(100 - (change % 2)), ("Prefer", "wait=20"));
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        }
    }

    /// <summary>Reads a product repeatedly, and checks the guarantees of every reader.</summary>
    private sealed class RoutedReader(Func<Task<Answer>> read)
    {
        // The edge serves a product for up to 10 s if an invalidation is lost.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

        private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

        private volatile bool _isSecond;

        /// <summary>
        /// The errors of answers: a wrong status, an older version after a newer one, or a document with the other
        /// version's tag.
        /// </summary>
        public ConcurrentQueue<string> Wrong { get; } = [];

        public bool HasSeenSecond { get; private set; }

        public async Task RunAsync(CancellationToken stop)
        {
            for (var newest = 0L; !stop.IsCancellationRequested; await Task.Delay(Pace, CancellationToken.None))
            {
                var answer = await read();
                if (answer.Status != HttpStatusCode.OK)
                {
                    Wrong.Enqueue(answer.Text);
                    continue;
                }

                var (version, isSecond) = (answer.Json.GetProperty("version").GetInt64(), answer.Json.TryGetProperty("priceHistory", out _));
                if (answer.Header("ETag")!.Contains(".v2", StringComparison.Ordinal) != isSecond) Wrong.Enqueue($"{answer.Header("ETag")}: {answer.Text}");
                // One version of the read model may be ahead of the other.
                if (isSecond != _isSecond) newest = 0;
                if (!answer.IsFolded)
                {
                    if (version < newest) Wrong.Enqueue($"{version} after {newest}");
                    newest = Math.Max(newest, version);
                }

                (_isSecond, HasSeenSecond) = (isSecond, HasSeenSecond || isSecond);
            }
        }

        /// <summary>Waits until the latest answer comes from that version of the read model.</summary>
        public Task SeesAsync(bool isSecond) => Eventually.TrueAsync(() => Task.FromResult(_isSecond == isSecond), Patience, () => $"{(isSecond ? "the second" : "the first")} version does not answer");
    }
}
