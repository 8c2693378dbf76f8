using System.Diagnostics;
using System.Net;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// One database is slow or down. Products are answered from the other one, and writes are still accepted.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class DegradationJourney(LocalStack stack)
{
    // Two limits of 300 ms and a fold, on a machine that runs everything else too. Without limits it would be the
    // hundred seconds of an HTTP client.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task While_DynamoDB_hangs_products_come_from_the_event_store()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        await seller.SeesAsync(product, 1);

        await using (await stack.HangAsync("dynamodb"))
        {
            // More failures than open the circuit: slow answers and refused calls count alike.
            for (var i = 0; i < 6; i++) await AnsweredFromEventStoreAsync(seller, product);
        }

        await RecoversAsync(seller, product);
    }

    [Fact]
    public async Task While_DynamoDB_is_down_products_come_from_the_event_store()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        await seller.SeesAsync(product, 1);

        var restart = stack.KillAsync("dynamodb");
        await Eventually.TrueAsync(async () => (await seller.GetFromApiAsync($"products/{product}")).IsFolded, Patience, () => "it was never answered from the event store");
        while (!restart.IsCompleted) Assert.Equal(HttpStatusCode.OK, (await seller.GetFromApiAsync($"products/{product}")).Status);
        await restart;

        await RecoversAsync(seller, product);
    }

    [Fact]
    public async Task While_ClickHouse_hangs_commands_are_accepted_and_afterwards_they_are_applied()
    {
        var seller = await stack.UserAsync("seller");
        var products = new List<Guid>();
        for (var i = 0; i < 5; i++) products.Add(await seller.CreateProductAsync());

        List<string> statuses = [];
        await using (await stack.HangAsync("clickhouse"))
        {
            foreach (var product in products)
            {
                var answer = await seller.PostAsync($"products/{product}/price", Client.Price(90));
                Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
                statuses.Add(answer.Json.GetProperty("statusUrl").GetString()!.TrimStart('/'));
            }
        }

        foreach (var status in statuses)
        {
            var last = "";
            await Eventually.TrueAsync(async () => (last = (await seller.GetAsync(status)).Text).Contains("\"applied\"", StringComparison.Ordinal), Patience, () => $"{status}: {last}");
        }

        foreach (var product in products) Assert.Equal(90, (await seller.SeesAsync(product, 2)).Json.GetProperty("pricing").GetProperty("currentPrice").GetDecimal());
        await Operator.VerifyAsync(stack);
    }

    private static async Task AnsweredFromEventStoreAsync(Client client, Guid product)
    {
        var watch = Stopwatch.StartNew();
        var answer = await client.GetFromApiAsync($"products/{product}");
        var took = watch.Elapsed;

        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer.Status}: {answer.Text}");
        Assert.Equal("event-store", answer.Header("X-Answered-From"));
        Assert.Equal("no-store, stale-if-error=0", answer.Header("Cache-Control"));
        Assert.Equal(100, answer.Json.GetProperty("pricing").GetProperty("currentPrice").GetDecimal());
        Assert.True(took < AnswerLimit, $"it took {took.TotalMilliseconds:0} ms");
    }

    /// <summary>Reads are answered from the read model, and a write is projected.</summary>
    private static async Task RecoversAsync(Client seller, Guid product)
    {
        Assert.StartsWith("public", (await seller.SeesAsync(product, 1)).Header("Cache-Control"), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await seller.PostAsync($"products/{product}/price", Client.Price(90), ("Prefer", "wait=20"))).Status == HttpStatusCode.OK, Patience, () => "prices cannot be changed");
        await seller.SeesAsync(product, 2);
    }
}
