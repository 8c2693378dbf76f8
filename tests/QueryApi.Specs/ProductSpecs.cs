using System.Text.RegularExpressions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Web.Commands;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed partial class ProductSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_product_is_its_document_with_its_version_as_tag()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)]);
        var answer = await _server.Anyone.SendAsync($"GET /products/{id}");
        var product = await answer.ShouldBeOkAsync();
        Assert.Equal(id.ToString(), (string?)product["id"]);
        Assert.Equal("Wireless Headphones", (string?)product["name"]);
        Assert.Equal("wireless-headphones", (string?)product["slug"]);
        Assert.Equal((100m, 80m, 20m), ((decimal)product["pricing"]!["basePrice"]!, product.PriceOf(), (decimal)product["pricing"]!["discount"]!));
        Assert.Equal(20m, (decimal)product["pricing"]!["discountPercent"]!);
        Assert.Equal("30 hours", (string?)product["specifications"]!["battery"]);
        Assert.Equal(2, product.VersionOf());
        Assert.Equal("\"2\"", answer.Header("ETag"));
        Assert.Null(answer.Header("X-Answered-From"));
    }

    [Fact]
    public async Task A_product_is_answered_with_its_characters_as_they_are()
    {
        var id = Guid.NewGuid();
        await _server.Shop.ApplyAsync(id, Headphones(name: "<Größe> & 'Ü' 😀"));
        foreach (var path in (string[])[$"/products/{id}", "/products", "/products/search?q=größe", $"/products/{id}/history"])
        {
            var answer = await _server.ClientOf(Seller.Id).SendAsync($"GET {path}");
            Assert.Contains("<Größe> & 'Ü' 😀", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Average_of_no_reviews_is_null()
    {
        var id = await _server.Shop.CreateAsync();
        var product = (await (await _server.Anyone.SendAsync($"GET /products/{id}")).ShouldBeOkAsync()).AsObject();
        var listed = (await (await _server.Anyone.SendAsync("GET /products")).ShouldBeOkAsync())["items"]![0]!.AsObject();
        foreach (var body in new[] { product, listed })
        {
            Assert.True(body.TryGetPropertyValue("averageRating", out var average));
            Assert.Equal((null, 0), (average, (int)body["totalReviews"]!));
        }
    }

    [Fact]
    public async Task Percentage_has_its_own_name_beside_the_old_one_in_lists_too()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)]);
        var listed = (await (await _server.Anyone.SendAsync("GET /products")).ShouldBeOkAsync())["items"]![0]!;
        Assert.Equal((20m, 20m), ((decimal)listed["discount"]!, (decimal)listed["discountPercent"]!));
    }

    [Fact]
    public async Task Every_time_of_an_answer_has_one_format()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.ReviewAsync(id, "customer-1", "Good", "They play.", stars: 4);
        var status = AnswerBody.UrlOf(await _server.Shop.DecideAsync(id, CommandStatus.Applied));
        foreach (var path in new[] { $"/products/{id}", "/products", $"/products/{id}/prices", $"/products/{id}/history", $"/products/{id}/reviews", status })
        {
            var answer = await _server.ClientOf(Seller.Id).SendAsync($"GET {path}");
            var times = Time().Matches(await answer.Content.ReadAsStringAsync()).Select(time => time.Value).ToList();
            Assert.NotEmpty(times);
            Assert.All(times, time => Assert.Matches("^\"[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z\"$", time));
        }
    }

    [GeneratedRegex("\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[^\"]*\"")]
    private static partial Regex Time();

    [Fact]
    public async Task What_its_reviews_say_is_in_the_document_and_in_its_tag_after_a_dot()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.RateAsync(id, stars: 4);
        await _server.Shop.RateAsync(id, stars: 5);

        var answer = await _server.Anyone.SendAsync($"GET /products/{id}");
        var product = await answer.ShouldBeOkAsync();
        Assert.Equal((4.5m, 2), ((decimal)product["averageRating"]!, (int)product["totalReviews"]!));
        Assert.Equal("\"1.6\"", answer.Header("ETag"));
        Assert.Equal(304, (int)(await _server.Anyone.SendAsync($"GET /products/{id}", ("If-None-Match", "W/\"1.6\""))).StatusCode);
        Assert.Equal(200, (int)(await _server.Anyone.SendAsync($"GET /products/{id}", ("If-None-Match", "\"1\""))).StatusCode);
        Assert.Equal(4.5m, (decimal)(await (await _server.Anyone.SendAsync("GET /products")).ShouldBeOkAsync())["items"]![0]!["averageRating"]!);
    }

    [Fact]
    public async Task Folded_product_has_its_rating_or_says_that_it_may_lack_it()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.RateAsync(id, stars: 4);
        await _server.Shop.HappenAsync(id, [Price(100, 80)], projected: false);

        var reading = _server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=2");
        await _server.ReadModel.Items.PassedAsync();
        var newer = await _server.PassTimeUntilAsync(reading);
        Assert.Equal((80m, 1), ((await newer.ShouldBeOkAsync()) is var product ? (product.PriceOf(), (int)product["totalReviews"]!) : default));
        Assert.Equal(("\"2.3\"", null), (newer.Header("ETag"), newer.Header("X-May-Lack")));

        _server.ReadModel.Items.Now = Fault.Fails;
        var folded = await _server.Anyone.SendAsync($"GET /products/{id}");
        Assert.Equal(0, (int)(await folded.ShouldBeOkAsync())["totalReviews"]!);
        Assert.Equal(("\"2\"", "reviews"), (folded.Header("ETag"), folded.Header("X-May-Lack")));
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("W/\"1\"")]
    [InlineData("\"7\", W/\"1\"")]
    [InlineData("*")]
    public async Task Who_has_the_version_gets_304_without_a_body(string known)
    {
        var id = await _server.Shop.CreateAsync();
        var answer = await _server.Anyone.SendAsync($"GET /products/{id}", ("If-None-Match", known));
        Assert.Equal(304, (int)answer.StatusCode);
        Assert.Equal("\"1\"", answer.Header("ETag"));
        Assert.Equal("public, max-age=0, s-maxage=10, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
        Assert.Empty(await answer.TextAsync());
    }

    [Theory]
    [InlineData("\"2\"")]
    [InlineData("1")]
    [InlineData("\"")]
    public async Task Who_has_another_version_gets_the_product(string known)
    {
        var id = await _server.Shop.CreateAsync();
        await (await _server.Anyone.SendAsync($"GET /products/{id}", ("If-None-Match", known))).ShouldBeOkAsync();
    }

    [Fact]
    public async Task HEAD_gives_the_headers_alone()
    {
        var id = await _server.Shop.CreateAsync();
        var answer = await _server.Anyone.SendAsync($"HEAD /products/{id}");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("\"1\"", answer.Header("ETag"));
        Assert.Empty(await answer.TextAsync());
    }

    [Theory]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("6579c22fbe2b444ca52b0116dd82df6c")]
    [InlineData("headphones")]
    public async Task What_is_no_product_is_404(string id) =>
        await (await _server.Anyone.SendAsync($"GET /products/{id}")).ShouldBeProblemAsync(404, "product_not_found");

    [Theory]
    [InlineData("")]
    [InlineData("?atLeastVersion=2")]
    [InlineData("?version=2")]
    public async Task A_deleted_product_is_410(string query)
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [new ProductDeleted("Sold out", 0)]);
        await (await _server.Anyone.SendAsync($"GET /products/{id}{query}")).ShouldBeProblemAsync(410, "product_deleted");
    }

    [Theory]
    [InlineData("version=6")]
    [InlineData("asOf=2026-11-01T12:00:06Z")]
    public async Task The_past_is_folded_from_the_newest_snapshot_before_it(string query)
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [.. Enumerable.Range(0, 9).Select(i => Price(100 + i, 101 + i))]);
        var before = await _server.Anyone.SendAsync($"GET /products/{id}?{query}");
        var kept = (await _server.Snapshots.ReadAsync("products-v1.2", [ProductStreams.IdOf(id)], default))[0];
        Assert.Equal((4, 105), (kept.Version, (decimal)(await before.ShouldBeOkAsync())["pricing"]!["currentPrice"]!));

        // A different name shows that the snapshot was read.
        await _server.Snapshots.SaveAsync("products-v1.2", [kept with { Document = kept.Document!.Replace("Wireless", "Remembered", StringComparison.Ordinal) }], default);

        var after = await (await _server.Anyone.SendAsync($"GET /products/{id}?{query}")).ShouldBeOkAsync();
        Assert.Equal(("Remembered Headphones", 105), ((string?)after["name"], (decimal)after["pricing"]!["currentPrice"]!));
    }

    [Theory]
    [InlineData("6579C22F-BE2B-444C-A52B-0116DD82DF6C")]
    [InlineData("6579c22fbe2b444ca52b0116dd82df6c")]
    [InlineData("%7B6579c22f-be2b-444c-a52b-0116dd82df6c%7D")]
    [InlineData("6579c22f-be2b-444c-a52b-0116dd82df6c%20")]
    public async Task Product_is_not_found_under_another_spelling_of_its_id(string spelling)
    {
        var id = new Guid("6579c22f-be2b-444c-a52b-0116dd82df6c");
        await _server.Shop.HappenAsync(id, [Headphones()]);
        foreach (var path in (string[])["", "/prices", "/reviews", "/recommendations"])
        {
            var answer = await _server.Anyone.SendAsync($"GET /products/{spelling}{path}");
            await answer.ShouldBeProblemAsync(404, "product_not_found");
            Assert.Equal("no-store", CacheSpecs.CacheControlOf(answer));
        }
    }

    [Theory]
    [InlineData("?atLeastVersoin=2", "parameter_unknown")]
    [InlineData("?version=1&version=2", "parameter_repeated")]
    [InlineData("?version=1&atLeastVersion=1", "parameters_exclusive")]
    [InlineData("?version=1&asOf=2026-01-01", "parameters_exclusive")]
    [InlineData("?atLeastVersion=0", "version_invalid")]
    [InlineData("?atLeastVersion=-1", "version_invalid")]
    [InlineData("?atLeastVersion=1.5", "version_invalid")]
    [InlineData("?atLeastVersion=", "version_invalid")]
    [InlineData("?version=99999999999999999999", "version_invalid")]
    [InlineData("?asOf=yesterday", "time_invalid")]
    public async Task A_wrong_parameter_is_400(string query, string code)
    {
        var id = await _server.Shop.CreateAsync();
        await (await _server.Anyone.SendAsync($"GET /products/{id}{query}")).ShouldBeProblemAsync(400, code);
    }

    [Fact]
    public async Task A_version_of_the_past_is_folded_from_its_events()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80), Price(80, 60)], logged: false);
        foreach (var (version, price) in (IEnumerable<(long, decimal)>)[(1, 100), (2, 80), (3, 60)])
        {
            var answer = await _server.Anyone.SendAsync($"GET /products/{id}?version={version}");
            var product = await answer.ShouldBeOkAsync();
            Assert.Equal((version, price), (product.VersionOf(), product.PriceOf()));
            Assert.Equal($"\"{version}\"", answer.Header("ETag"));
            Assert.Equal(("no-store, stale-if-error=0", "event-store"), (answer.Header("Cache-Control"), answer.Header("X-Answered-From")));
        }

        await (await _server.Anyone.SendAsync($"GET /products/{id}?version=4")).ShouldBeProblemAsync(404, "version_not_found");
        await (await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}?version=1")).ShouldBeProblemAsync(404, "product_not_found");
    }

    [Fact]
    public async Task As_of_a_time_and_at_a_version_a_product_has_the_reviews_that_counted_then()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.ReviewAsync(id, "customer-1", "Good", "They play.", stars: 4);
        await _server.Shop.HappenAsync(id, [Price(100, 80)]);
        var then = $"{_server.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";
        await _server.Shop.ReviewAsync(id, "customer-2", "Good", "They play.", stars: 5);

        foreach (var (query, average, count, tag) in new[] { ("version=1", (decimal?)null, 0, "\"1\""), ("version=2", 4m, 1, "\"2.3\""), ($"asOf={then}", 4m, 1, "\"2.3\""), ("asOf=2030-01-01", 4.5m, 2, "\"2.6\"") })
        {
            var answer = await _server.Anyone.SendAsync($"GET /products/{id}?{query}");
            var product = await answer.ShouldBeOkAsync();
            Assert.Equal((average, count, tag, null), ((decimal?)product["averageRating"], (int)product["totalReviews"]!, answer.Header("ETag"), answer.Header("X-May-Lack")));
        }
    }

    [Fact]
    public async Task As_of_a_time_a_product_is_as_it_was_then()
    {
        var id = await _server.Shop.CreateAsync();
        var created = _server.Time.GetUtcNow();
        await _server.Shop.HappenAsync(id, [Price(100, 80)]);
        Assert.Equal(100, (await AsOfAsync($"{created:yyyy-MM-ddTHH:mm:ssZ}")).PriceOf());
        Assert.Equal(100, (await AsOfAsync($"{created.AddMilliseconds(999):yyyy-MM-ddTHH:mm:ss.fff}")).PriceOf());
        Assert.Equal(80, (await AsOfAsync($"{created.AddSeconds(1).ToOffset(TimeSpan.FromHours(2)):yyyy-MM-ddTHH:mm:sszzz}")).PriceOf());
        await (await _server.Anyone.SendAsync($"GET /products/{id}?asOf={created.AddMilliseconds(-1):yyyy-MM-ddTHH:mm:ss.fffZ}")).ShouldBeProblemAsync(404, "product_not_found");

        async Task<System.Text.Json.Nodes.JsonNode> AsOfAsync(string time) => await (await _server.Anyone.SendAsync($"GET /products/{id}?asOf={time}")).ShouldBeOkAsync();
    }
}
