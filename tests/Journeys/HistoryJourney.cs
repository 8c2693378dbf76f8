using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>What operators and sellers do with the history, on a stack that works meanwhile.</summary>
[Collection(JourneysCollection.Name)]
public sealed class HistoryJourney(LocalStack stack)
{
    private static readonly BasicAWSCredentials Credentials = new("test", "test");

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

        var (exitCode, lines) = await Operator.RunAsync(stack, "history", "--actor", seller.Subject, "--format", "ndjson");
        Assert.True(exitCode == 0, lines);
        Assert.Equal(["CreateProduct", "UpdateProductPrice", "UpdateProductPrice"], lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()));
        var (_, difference) = await Operator.RunAsync(stack, "diff", $"product-{product}", "--from", "1", "--to", "2");
        Assert.Contains("pricing.currentPrice: 100 → 80", difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_lost_message_left_behind_is_found_and_repaired_and_a_second_look_finds_nothing()
    {
        var seller = await stack.UserAsync("seller");
        var products = new List<Guid>();
        for (var i = 0; i < 3; i++) products.Add(await seller.CreateProductAsync());
        foreach (var product in products) await seller.SeesAsync(product, 1);
        using var dynamo = new AmazonDynamoDBClient(Credentials, new AmazonDynamoDBConfig { ServiceURL = stack.Endpoint("dynamodb").ToString(), AuthenticationRegion = "us-east-1" });

        // As if the message of their creation had never come.
        foreach (var product in products.Take(2))
            await dynamo.DeleteItemAsync(new DeleteItemRequest(ShopTopology.ProductsV1.Name, new() { ["stream"] = new($"product-{product}") }), TestContext.Current.CancellationToken);

        Assert.Equal(2, await ReconcileAsync());
        Assert.Equal(0, await ReconcileAsync());
        foreach (var product in products) await seller.SeesAsync(product, 1);

        async Task<long> ReconcileAsync()
        {
            var (exitCode, output) = await Operator.RunAsync(stack, "reconcile", "--json", "--grace", "0");
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
        using var sqs = new AmazonSQSClient(Credentials, new AmazonSQSConfig { ServiceURL = stack.Endpoint("sqs").ToString(), AuthenticationRegion = "us-east-1" });
        var letters = (await sqs.GetQueueUrlAsync(ShopTopology.ReadModels.DeadLettersName)).QueueUrl;
        await sqs.SendMessageAsync(letters, EventMessage.Write([], [new StreamHint(stream, 1, Rebuild: true)]));

        var (_, redriven) = await Operator.RunAsync(stack, "deadletters", "redrive", "--stream", stream.ToString());
        var (_, operations) = await Operator.RunAsync(stack, "history", "--operations");

        Assert.Contains("1 dead letters were sent to their functions again", redriven, StringComparison.Ordinal);
        Assert.Empty((await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(letters) { WaitTimeSeconds = 0 })).Messages ?? []);
        Assert.Contains($"events-to-read-models: {stream} from version 1", operations, StringComparison.Ordinal);
        await seller.SeesAsync(product, 1);
    }

    [Fact]
    public async Task An_erased_customer_leaves_no_readable_trace_and_everything_else_as_it_was()
    {
        var customer = await stack.UserAsync("customer");
        var (address, name) = ($"{customer.Subject}@example.com", $"Erika Müstermann {Guid.NewGuid():N}");
        var product = await (await stack.UserAsync("seller")).CreateProductAsync();
        Assert.Equal(HttpStatusCode.OK, (await customer.SendAsync(HttpMethod.Put, "users/me", new { name }, ("Prefer", "wait=20"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await customer.SendAsync(HttpMethod.Put, $"products/{product}/watch", null, ("Prefer", "wait=20"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await customer.PostAsync("orders", new { items = new[] { new { productId = product, quantity = 1 } } }, ("Prefer", "wait=20"))).Status);
        Assert.Empty(FilesWith(address, name));

        var (exitCode, certificate) = await Operator.RunAsync(stack, "erase", customer.Subject, "--yes");

        Assert.True(exitCode == 0, certificate);
        Assert.Contains("1 watches ended", certificate, StringComparison.Ordinal);
        Assert.Contains("2 looked for", certificate, StringComparison.Ordinal);
        Assert.Empty(FilesWith(address, name));
        Assert.Equal(HttpStatusCode.Forbidden, (await customer.SendAsync(HttpMethod.Put, "users/me", new { name = "Erika" })).Status);
        await Operator.VerifyAsync(stack);
    }

    /// <summary>Every file of the stack that has one of these texts in it, as bytes.</summary>
    private IReadOnlyList<string> FilesWith(params string[] texts)
    {
        byte[][] needles = [.. texts.SelectMany(text => new[] { text, JsonEncodedText.Encode(text).ToString() }).Distinct().Select(Encoding.UTF8.GetBytes)];
        return [.. Directory.EnumerateFiles(stack.Data, "*", SearchOption.AllDirectories).Where(file => Has(file, needles))];
    }

    private static bool Has(string file, byte[][] needles)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return needles.Any(needle => copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(needle) >= 0);
        }
        catch (IOException)
        {
            // Merged away by ClickHouse meanwhile.
            return false;
        }
    }
}
