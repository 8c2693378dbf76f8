using System.Globalization;
using System.Net;
using System.Text.Json;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>All clients use the same product, which is slow elsewhere because of locks and version conflicts.</summary>
[Collection(JourneysCollection.Name)]
public sealed class HotProductJourney(LocalStack stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Trait("Guarantee", "the whole stack: 200 concurrent changes of one product get versions without a gap")]
    [Fact]
    public async Task Two_hundred_concurrent_price_changes_get_gapless_versions_and_legal_cuts()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync(50);
        var random = new Random(1);
        var prices = Enumerable.Range(0, 200).Select(_ => random.Next(20, 100)).ToList();

        var answers = await Task.WhenAll(prices.Select(price => seller.PostAsync($"products/{product}/price", Client.Price(price), ("Prefer", "wait=20"))));

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.UnprocessableEntity, answer.Text));
        var applied = new List<long>();
        foreach (var answer in answers.Where(answer => answer.Status != HttpStatusCode.UnprocessableEntity))
        {
            var outcome = answer.Status == HttpStatusCode.OK ? answer : await OutcomeAsync(seller, answer);
            if (outcome.Json.GetProperty("status").GetString() == "applied") applied.Add(outcome.Json.GetProperty("version").GetInt64());
        }

        applied.Sort();
        Assert.Equal(Enumerable.Range(2, applied.Count).Select(version => (long)version), applied);
        await AssertLegalAsync(product, applied.Count + 1);
        await Operator.VerifyAsync(stack);
    }

    [Fact]
    public async Task Five_thousand_commands_on_one_stream_are_applied_without_a_gap()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync(50);
        var stream = ProductStreams.IdOf(product);
        var actor = new Actor(seller.Subject, ShopRoles.Seller);
        using var kinesis = new AmazonKinesisClient(new BasicAWSCredentials("test", "test"), new AmazonKinesisConfig { ServiceURL = stack.Endpoint("kinesis").ToString(), AuthenticationRegion = "us-east-1" });
        var at = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        var records = Enumerable.Range(0, 5000).Select(i => new PutRecordsRequestEntry
        {
            PartitionKey = stream.ToString(),
            Data = new MemoryStream(CommandJson.Write(ShopContracts.Commands, new CommandRecord(Guid.CreateVersion7(at), null, stream, new UpdateProductPrice(new Money(50 + (i % 40) + 1, "USD")), actor, at))),
        });
        foreach (var call in records.Chunk(500))
            Assert.Equal(0, (await kinesis.PutRecordsAsync(new PutRecordsRequest { StreamName = ShopTopology.Commands.Name, Records = [.. call] })).FailedRecordCount ?? 0);

        await Eventually.TrueAsync(
            async () => long.Parse(await ClickHouse.QueryAsync(stack, "SELECT count() FROM commands FINAL WHERE stream_id = {stream:String}", ("stream", stream.ToString())), CultureInfo.InvariantCulture) == 5001,
            Patience,
            () => "not all commands have an outcome");
        await AssertLegalAsync(product, 5001);
        await Operator.VerifyAsync(stack);
    }

    /// <summary>Returns the final answer of a 202's status URL.</summary>
    private static async Task<Answer> OutcomeAsync(Client seller, Answer accepted)
    {
        var path = accepted.Json.GetProperty("statusUrl").GetString()!.TrimStart('/');
        var outcome = accepted;
        await Eventually.TrueAsync(
            async () => (outcome = await seller.GetAsync(path)).Status == HttpStatusCode.OK && outcome.Json.GetProperty("status").GetString() != "pending",
            Patience,
            () => $"{path}: {outcome.Text}");
        return outcome;
    }

    private async Task AssertLegalAsync(Guid product, int versions)
    {
        // Answers come from the tip, and the log gets the latest commit a moment later.
        List<string[]> rows = [];
        await Eventually.TrueAsync(
            async () => (rows = (await ClickHouse.QueryAsync(stack, "SELECT version, data FROM events FINAL WHERE stream_id = {stream:String} AND type = 'ProductPriceUpdated' ORDER BY version", ("stream", $"product-{product}")))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('\t')).ToList()).Count >= versions - 1,
            Patience,
            () => $"the log has {rows.Count} of {versions - 1} changes");
        Assert.Equal(Enumerable.Range(2, versions - 1).Select(version => version.ToString(CultureInfo.InvariantCulture)), rows.Select(row => row[0]));
        var before = 50m;
        foreach (var row in rows)
        {
            using var json = JsonDocument.Parse(row[1]);
            Assert.Equal(before, json.RootElement.GetProperty("old").GetProperty("amount").GetDecimal());
            var price = json.RootElement.GetProperty("new").GetProperty("amount").GetDecimal();
            Assert.True(price * 2 >= before, $"{before} was cut to {price}");
            before = price;
        }
    }
}
