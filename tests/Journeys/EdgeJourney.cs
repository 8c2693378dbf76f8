using System.Globalization;
using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>Many readers watch a price while it changes. No reader sees an older price after a newer one.</summary>
[Collection(JourneysCollection.Name)]
public sealed class EdgeJourney(LocalStack stack)
{
    private const int Changes = 5;

    // How long the edge may cache a product, in seconds. What disappears sooner was invalidated.
    private const int SharedMaxAge = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task No_reader_sees_an_older_version_after_a_newer_one()
    {
        await RenewBudgetAsync();
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var path = $"products/{product}";
        await seller.SeesAsync(product, 1);
        Assert.Equal(1, VersionOf(await seller.GetAsync(path)));

        using var done = new CancellationTokenSource();
        Task[] readers =
        [
            WatchAsync(() => seller.GetAsync(path), done.Token),
            WatchAsync(() => stack.Anonymous.GetAsync(path), done.Token),
            WatchAsync(() => seller.GetFromApiAsync(path), done.Token),
        ];
        for (var version = 2L; version < 2 + Changes; version++)
        {
            var change = await seller.PostAsync($"{path}/price", Client.Price(100 - version), ("Prefer", "wait=20"));
            Assert.Equal((HttpStatusCode.OK, version), (change.Status, VersionOf(change)));

            var own = $"{path}?atLeastVersion={version}";
            foreach (var answer in await Task.WhenAll(seller.GetAsync(own), seller.GetFromApiAsync(own), stack.Anonymous.GetAsync(own)))
            {
                Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
                Assert.True(VersionOf(answer) >= version, $"asked for {version}: {answer.Text}");
                Assert.Equal("no-store, stale-if-error=0", answer.Header("Cache-Control"));
            }

            await InvalidatedAsync(seller, path, version);
        }

        // From here on every read returns the latest version, even from the cache.
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => seller.GetAsync(path)));
        Assert.All(answers, answer => Assert.Equal(1 + Changes, VersionOf(answer)));
        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    /// <summary>
    /// Renews the budget like the next hour, because other journeys use more than an hour's invalidations.
    /// </summary>
    private async Task RenewBudgetAsync()
    {
        using var dynamoDb = new AmazonDynamoDBClient(new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = stack.Endpoint("dynamodb").ToString(), AuthenticationRegion = "us-east-1" });
        var budget = ShopTopology.EdgeBudget;
        foreach (var hour in (await dynamoDb.ScanAsync(budget.Name, [budget.PartitionKey.Name])).Items) await dynamoDb.DeleteItemAsync(budget.Name, hour);
    }

    /// <summary>Waits until the edge shows the version, and asserts that the copy before had not expired.</summary>
    private static async Task InvalidatedAsync(Client client, string path, long version)
    {
        Answer? old = null;
        await Eventually.TrueAsync(
            async () =>
            {
                var answer = await client.GetAsync(path);
                if (VersionOf(answer) >= version) return true;
                old = answer;
                return false;
            },
            Patience,
            () => $"the edge does not show version {version}: {old!.Text}");
        if (old?.Header("Age") is { } age) Assert.True(int.Parse(age, CultureInfo.InvariantCulture) < SharedMaxAge - 1, $"it went by its age of {age} s");
    }

    private static async Task WatchAsync(Func<Task<Answer>> read, CancellationToken done)
    {
        var newest = 0L;
        for (var isLast = false; !isLast;)
        {
            var isOver = done.IsCancellationRequested;
            var answer = await read();
            if (!answer.IsFolded)
            {
                var version = VersionOf(answer);
                Assert.True(version >= newest, $"version {version} came after {newest}");
                (newest, isLast) = (version, isOver);
            }

            await Task.Delay(Pace, CancellationToken.None);
        }

        Assert.Equal(1 + Changes, newest);
    }

    private static long VersionOf(Answer answer) => answer.Json.GetProperty("version").GetInt64();
}
