using System.Globalization;
using System.Net;

namespace ServerlessCqrs.Journeys;

/// <summary>Past products as the stack shows them, at rest and under load.</summary>
[Collection(JourneysCollection.Name)]
public sealed class TimeTravelJourney(LocalStack stack)
{
    private const int Moments = 20;
    private const int Products = 3;

    [Fact]
    public async Task At_moments_of_rest_the_past_is_what_the_read_model_was_then()
    {
        var seller = await stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        List<(string Moment, string Document)> recorded = [];
        for (var version = 2; recorded.Count < Moments; version++)
        {
            await ChangeAsync(seller, product, version);
            var document = (await seller.SeesAsync(product, version)).Text;
            recorded.Add((Now(), document));
        }

        foreach (var (moment, document) in recorded) Assert.Equal(document, (await seller.GetFromApiAsync($"products/{product}?asOf={moment}")).Text);
    }

    [Trait("Guarantee", "history: under load, every past state is a prefix of the history")]
    [Fact]
    public async Task Past_under_load_is_a_prefix_of_every_products_history()
    {
        var seller = await stack.UserAsync("seller");
        var products = await Task.WhenAll(Enumerable.Range(0, Products).Select(_ => seller.CreateProductAsync()));
        using var enough = new CancellationTokenSource();
        var load = products.Select(product => Task.Run(async () =>
        {
            for (var version = 2; !enough.IsCancellationRequested; version++) await ChangeAsync(seller, product, version);
        })).ToArray();

        List<(string Moment, Answer[] Told)> recorded = [];
        while (recorded.Count < Moments)
        {
            var moment = Now();
            recorded.Add((moment, await Task.WhenAll(products.Select(product => seller.GetFromApiAsync($"products/{product}?asOf={moment}")))));
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);

        // The product must have changed during the reads, or this proves nothing.
        Assert.True(recorded.Select(one => one.Told[0].Text).Distinct().Count() > 1);
        foreach (var (moment, told) in recorded)
        {
            for (var i = 0; i < Products; i++)
            {
                Assert.Equal(HttpStatusCode.OK, told[i].Status);
                var version = told[i].Json.GetProperty("version").GetInt64();
                Assert.Equal((await seller.GetFromApiAsync($"products/{products[i]}?version={version}")).Text, told[i].Text);
                // A command in flight at that moment has an earlier time, and may become visible later.
                Assert.InRange(version, 1, (await seller.GetFromApiAsync($"products/{products[i]}?asOf={moment}")).Json.GetProperty("version").GetInt64());
            }
        }
    }

    /// <summary>Changes the product to the next version, and returns after that is applied.</summary>
    private static async Task ChangeAsync(Client seller, Guid product, int version) =>
        Assert.Equal(HttpStatusCode.OK, (await seller.PostAsync($"products/{product}/price", Client.Price(100 + version), ("Prefer", "wait=20"))).Status);

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
