using System.Net;

namespace ServerlessCqrs.Journeys;

/// <summary>One price change from the answer to the read model, the edge and the mail.</summary>
public abstract class PriceChangeJourney
{
    protected abstract LocalStack Stack { get; }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_price_change_arrives_everywhere()
    {
        var seller = await Stack.UserAsync("seller");
        var customer = await Stack.UserAsync("customer");
        var product = await seller.CreateProductAsync();
        var path = $"products/{product}";
        var watch = await customer.SendAsync(HttpMethod.Put, $"{path}/watch", null, ("Prefer", "wait=20"));
        Assert.True(watch.Status is HttpStatusCode.OK or HttpStatusCode.Created, watch.Text);

        // The edge has cached the old body.
        await Eventually.TrueAsync(async () => await customer.GetAsync(path) is { Status: HttpStatusCode.OK } answer && answer.Header("X-Cache")!.Contains("Hit", StringComparison.Ordinal), Patience, () => "the edge does not keep the product");

        var change = await seller.PostAsync($"{path}/price", Client.Price(80), ("Prefer", "wait=20"));
        Assert.Equal(HttpStatusCode.OK, change.Status);
        Assert.Equal("applied", change.Json.GetProperty("status").GetString());
        Assert.Equal(2, change.Json.GetProperty("version").GetInt64());
        Assert.Equal("ProductPriceUpdated", change.Json.GetProperty("events")[0].GetString());

        var own = await customer.GetAsync($"{path}?atLeastVersion=2");
        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.True(own.Json.GetProperty("version").GetInt64() >= 2, own.Text);
        Assert.Contains("no-store", own.Header("Cache-Control"), StringComparison.Ordinal);

        await Eventually.TrueAsync(async () => await PriceAtEdgeAsync(customer, path) == 80, Patience, () => "the edge still serves the old price");
        Assert.Equal(80, await PriceAtEdgeAsync(customer, path));

        await Eventually.TrueAsync(async () => (await Mailbox.OfAsync(Stack, customer.Subject)).Count == 1, Patience, () => "no mail came");
        var mail = Assert.Single(await Mailbox.OfAsync(Stack, customer.Subject));
        Assert.Contains("80", mail.Text, StringComparison.Ordinal);
        Assert.Contains("100", mail.Text, StringComparison.Ordinal);
        Assert.Contains("80", mail.Html, StringComparison.Ordinal);

        // The link in the mail ends the watch, without a token.
        var unsubscribe = await Stack.Anonymous.SendAsync(HttpMethod.Post, mail.UnsubscribePath, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.OK, unsubscribe.Status);
        await Operator.VerifyAsync(Stack);
    }

    [Fact]
    public async Task The_edge_revalidates_with_an_entity_tag()
    {
        var seller = await Stack.UserAsync("seller");
        var path = $"products/{await seller.CreateProductAsync()}";
        await Eventually.TrueAsync(async () => (await seller.GetAsync(path)).Status == HttpStatusCode.OK, Patience, () => "the product is not visible");
        var first = await seller.GetAsync(path);

        Assert.Equal("\"1\"", first.Header("ETag"));
        Assert.Equal(HttpStatusCode.NotModified, (await seller.GetAsync(path, ("If-None-Match", "\"1\""))).Status);
    }

    [Fact]
    public async Task The_status_of_a_command_is_for_its_actor_and_operators()
    {
        var seller = await Stack.UserAsync("seller");
        var product = await seller.CreateProductAsync();
        var change = await seller.PostAsync($"products/{product}/price", Client.Price(90));
        var status = change.Json.GetProperty("statusUrl").GetString()!.TrimStart('/');

        await Eventually.TrueAsync(async () => await seller.GetAsync(status) is { Status: HttpStatusCode.OK } answer && answer.Json.GetProperty("status").GetString() == "applied", Patience, () => "the command was not applied");
        Assert.Equal(HttpStatusCode.OK, (await (await Stack.UserAsync("operator")).GetAsync(status)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Stack.UserAsync("seller")).GetAsync(status)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Stack.Anonymous.GetAsync(status)).Status);
    }

    [Fact]
    public async Task Lists_show_a_category_in_each_order()
    {
        var seller = await Stack.UserAsync("seller");
        var category = $"shelf-{Guid.NewGuid():N}"[..20];
        foreach (var (price, name) in new[] { (30m, "Beta"), (10m, "Gamma"), (20m, "Alpha") }) await seller.CreateProductAsync(price, category, name);

        await ShowsAsync("price", "Gamma", "Alpha", "Beta");
        await ShowsAsync("-price", "Beta", "Alpha", "Gamma");
        await ShowsAsync("name", "Alpha", "Beta", "Gamma");
        await ShowsAsync("newest", "Alpha", "Gamma", "Beta");

        async Task ShowsAsync(string sort, params string[] names)
        {
            var shown = "";
            await Eventually.TrueAsync(
                async () =>
                {
                    var answer = await seller.GetAsync($"products?category={category}&sort={sort}");
                    shown = answer.Status == HttpStatusCode.OK ? string.Join(' ', answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString())) : answer.Text;
                    return shown == string.Join(' ', names);
                },
                Patience,
                () => $"by {sort} the list shows {shown}");
        }
    }

    private static async Task<decimal> PriceAtEdgeAsync(Client client, string path) =>
        (await client.GetAsync(path)).Json.GetProperty("pricing").GetProperty("currentPrice").GetDecimal();
}

[Collection(JourneysCollection.Name)]
public sealed class PriceChangeJourneyOnEmulators(LocalStack stack) : PriceChangeJourney
{
    protected override LocalStack Stack => stack;
}

[Collection(ContainerCollection.Name)]
public sealed class PriceChangeJourneyOnLocalStack(ContainerStack container) : PriceChangeJourney
{
    protected override LocalStack Stack => container.Stack;
}
