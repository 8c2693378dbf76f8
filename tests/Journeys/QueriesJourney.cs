using System.Net;
using System.Text.Json;

namespace ServerlessCqrs.Journeys;

/// <summary>What customers of a small shop buy and write, and what every read through the edge then returns.</summary>
[Collection(JourneysCollection.Name)]
public sealed class QueriesJourney(LocalStack stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly (string, string) Wait = ("Prefer", "wait=20");

    [Fact]
    public async Task What_was_bought_and_written_is_found_listed_summed_up_and_recommended()
    {
        var (seller, ann, bob) = (await stack.UserAsync("seller"), await stack.UserAsync("customer"), await stack.UserAsync("customer"));
        var word = $"w{Guid.NewGuid():N}"[..12];
        var category = $"c-{word}";
        var (lamp, bulb, shade) = (await seller.CreateProductAsync(40, category, $"Lamp {word}"), await seller.CreateProductAsync(5, category, $"Bulb {word}"), await seller.CreateProductAsync(20, category, $"Shade {word}"));

        // One after another: an order's time is that of its decision, and two shards may decide orders in either order.
        Guid[] anns = [await BuyAsync((lamp, 1), (bulb, 2)), await BuyAsync((lamp, 2)), await BuyAsync((shade, 3))];
        await bob.SeesOrderAsync(await bob.OrderAsync((lamp, 1), (bulb, 4), (shade, 1)), "confirmed");
        Assert.Equal(HttpStatusCode.OK, (await ann.SendAsync(HttpMethod.Delete, $"orders/{anns[2]}", null, Wait)).Status);
        await ann.SeesOrderAsync(anns[2], "cancelled");

        await Task.WhenAll(FoundAsync(), SummedUpAsync(), RecommendedAsync(), ReviewedAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"orders/{anns[0]}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stack.Anonymous.GetAsync($"orders/{anns[0]}")).Status);

        async Task<Guid> BuyAsync(params (Guid Product, int Quantity)[] items)
        {
            var order = await ann.OrderAsync(items);
            await ann.SeesOrderAsync(order, "confirmed");
            return order;
        }

        async Task FoundAsync()
        {
            await ShowsAsync(ann, $"products/search?q=la {word}", $"Lamp {word}", Names);
            await ShowsAsync(ann, $"products/search?q={word}&sort=price&minPrice=5&maxPrice=39.99", $"Bulb {word}, Shade {word}", Names);
            await ShowsAsync(ann, $"products?category={category}&sort=name&asOf={DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}", $"Bulb {word}, Lamp {word}, Shade {word}", Names);
            var lamps = Uri.EscapeDataString($"{{ search(text: \"la {word}\") {{ items {{ name }} }} }}");
            await ShowsAsync(stack.Anonymous, $"graphql?query={lamps}", $"Lamp {word}", json => Names(json.GetProperty("data").GetProperty("search")));
            await ShowsAsync(ann, $"products/{lamp}/prices", "40", json => string.Join(", ", json.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("amount").GetDecimal().ToString("0.##", null))));
        }

        async Task SummedUpAsync()
        {
            await ShowsAsync(ann, "users/me/orders", string.Join(", ", anns.Reverse().Select((order, i) => $"{order} {(i == 0 ? "cancelled" : "confirmed")}")), json => string.Join(", ", Items(json).Select(order => $"{order.GetProperty("id").GetString()} {order.GetProperty("status").GetString()}")));
            // GraphQL returns the same: private fields by POST with the token, and an error for them by GET.
            var mine = (await ann.PostAsync("graphql/query", new { query = "{ orders { items { id } } }" })).Json.GetProperty("data").GetProperty("orders");
            Assert.Equal(anns.Reverse(), Items(mine).Select(order => order.GetProperty("id").GetGuid()));
            var refused = await stack.Anonymous.GetAsync($"graphql?query={Uri.EscapeDataString("{ orders { items { id } } }")}");
            Assert.Equal("field_private", refused.Json.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
            var expected = await SummaryFromLogAsync(ann.Subject);
            Assert.Equal("3 2 130 USD", expected);
            await ShowsAsync(ann, "users/me/orders/summary", expected, json => string.Join(' ', [$"{json.GetProperty("orders")} {json.GetProperty("confirmed")}", .. json.GetProperty("spent").EnumerateArray().Select(money => $"{money.GetProperty("amount").GetDecimal():0.##} {money.GetProperty("currency").GetString()}")]));
        }

        async Task RecommendedAsync()
        {
            await ShowsAsync(ann, $"products/{lamp}/recommendations", $"Bulb {word} 2, Shade {word} 1", json => Ranked(json, "orders"));
            await ShowsAsync(ann, $"products/best-sellers?category={category}", $"Bulb {word} 6, Lamp {word} 4, Shade {word} 1", json => Ranked(json, "pieces"));
        }

        async Task ReviewedAsync()
        {
            // The review learns of the purchase a moment after the order is confirmed.
            Answer? review = null;
            await Eventually.TrueAsync(
                async () => (review = await ann.PostAsync($"products/{lamp}/reviews", new { stars = 4, title = "Bright", text = $"It shines, says {word}." }, Wait)).Status is HttpStatusCode.OK or HttpStatusCode.Created,
                Patience,
                () => $"no review: {review?.Text}");
            var id = review!.Json.GetProperty("stream").GetString()!["review-".Length..];
            Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync($"products/{lamp}/reviews/pending")).Status);
            await ShowsAsync(seller, $"products/{lamp}/reviews/pending", $"{id} Bright", json => string.Join(", ", Items(json).Select(item => $"{item.GetProperty("id").GetString()} {item.GetProperty("title").GetString()}")));
            Assert.Equal(HttpStatusCode.OK, (await seller.SendAsync(HttpMethod.Post, $"reviews/{id}/approval", null, Wait)).Status);

            await ShowsAsync(bob, $"products/{lamp}/reviews", $"4 Bright: It shines, says {word}.", json => string.Join(", ", Items(json).Select(item => $"{item.GetProperty("stars")} {item.GetProperty("title").GetString()}: {item.GetProperty("text").GetString()}")));
            await ShowsAsync(bob, $"products/{lamp}", "4 of 1", json => $"{json.GetProperty("averageRating").GetRawText()} of {json.GetProperty("totalReviews").GetInt32()}");
        }
    }

    private static async Task ShowsAsync(Client reader, string path, string expected, Func<JsonElement, string?> text)
    {
        var shown = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var answer = await reader.GetAsync(path);
                return (shown = answer.Status == HttpStatusCode.OK ? text(answer.Json) : answer.Text) == expected;
            },
            Patience,
            () => $"{path} shows {shown} instead of {expected}");
    }

    /// <summary>Returns count, sold and spent by adding up a customer's events.</summary>
    private async Task<string> SummaryFromLogAsync(string customer)
    {
        const string sql = "SELECT stream_id, type, data FROM events FINAL WHERE startsWith(stream_id, 'order-') AND JSONExtractString(data, 'customer') = {customer:String} ORDER BY stream_id, version FORMAT JSONEachRow";
        var events = (await ClickHouse.QueryAsync(stack, sql, ("customer", customer))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var orders = events.GroupBy(row => row.GetProperty("stream_id").GetString()).ToList();
        var sold = orders
            .Where(order => order.All(row => TypeOf(row) != "OrderCancelled"))
            .SelectMany(order => order.Where(row => TypeOf(row) == "OrderConfirmed"))
            .Select(row => JsonDocument.Parse(row.GetProperty("data").GetString()!).RootElement.GetProperty("total"))
            .ToList();
        return $"{orders.Count} {sold.Count} {sold.Sum(total => total.GetProperty("amount").GetDecimal()):0.##} {sold.Select(total => total.GetProperty("currency").GetString()).Distinct().Single()}";

        static string? TypeOf(JsonElement row) => row.GetProperty("type").GetString();
    }

    private static IEnumerable<JsonElement> Items(JsonElement json) => json.GetProperty("items").EnumerateArray();

    private static string Names(JsonElement json) => string.Join(", ", Items(json).Select(item => item.GetProperty("name").GetString()));

    private static string Ranked(JsonElement json, string count) => string.Join(", ", Items(json).Select(item => $"{item.GetProperty("product").GetProperty("name").GetString()} {item.GetProperty(count)}"));
}
