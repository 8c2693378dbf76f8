using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class ReviewSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Everybody_reads_what_was_approved_the_newest_first_and_not_who_wrote_it()
    {
        var product = await _server.Shop.CreateAsync();
        await _server.Shop.ReviewAsync(product, "ann", "Loud", "And light.", stars: 4);
        await _server.Shop.ReviewAsync(product, "bob", "Quiet", "And heavy.", approved: false);
        var last = await _server.Shop.ReviewAsync(product, "cid", "Good", "And cheap.");

        var answer = await _server.Anyone.SendAsync($"GET /products/{product}/reviews");

        var items = (await answer.ShouldBeOkAsync())["items"]!.AsArray();
        Assert.Equal(["Good: And cheap.", "Loud: And light."], items.Select(item => $"{item!["title"]}: {item["text"]}"));
        Assert.Equal((last.ToString(), 5), ((string?)items[0]!["id"], (int)items[0]!["stars"]!));
        Assert.Equal("public, max-age=0, s-maxage=5, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
        Assert.DoesNotContain("ann", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Empty((await (await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}/reviews")).ShouldBeOkAsync())["items"]!.AsArray());
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        var product = await _server.Shop.CreateAsync();
        foreach (var customer in (string[])["ann", "bob", "cid"]) await _server.Shop.ReviewAsync(product, customer, customer.ToUpperInvariant(), "…");
        List<string> titles = [];
        for (var next = $"/products/{product}/reviews?limit=2"; next is not null;)
        {
            var answer = await _server.Anyone.SendAsync($"GET {next}");
            titles.AddRange((await answer.ShouldBeOkAsync())["items"]!.AsArray().Select(item => (string)item!["title"]!));
            next = answer.Header("Link")?.Split('>')[0][1..];
        }

        Assert.Equal(["CID", "BOB", "ANN"], titles);
    }

    [Fact]
    public async Task The_words_of_an_erased_author_are_null_and_their_stars_stay()
    {
        var product = await _server.Shop.CreateAsync();
        await _server.Shop.ReviewAsync(product, "ann", "Loud", "And light.", stars: 4);
        await _server.PersonKeys.EraseAsync("ann", default);
        _server.Time.Advance(TimeSpan.FromMinutes(5));

        var item = (await (await _server.Anyone.SendAsync($"GET /products/{product}/reviews")).ShouldBeOkAsync())["items"]![0]!;

        Assert.Equal((4, true, true), ((int)item["stars"]!, item.AsObject().ContainsKey("title"), item["title"] is null && item["text"] is null));
    }

    [Fact]
    public async Task A_damaged_text_hides_no_other()
    {
        var product = await _server.Shop.CreateAsync();
        await _server.Shop.ReviewAsync(product, "ann", "Loud", "And light.");
        await _server.Personal.SealAsync("bob", "to have a key", default);
        await _server.Shop.HappenAsync(
            ReviewStreams.IdOf(product, "bob"),
            [new ProductPurchased(product, "bob", Seller.Id, Guid.NewGuid()), new ReviewSubmitted(product, "bob", 3, new Sealed("bob", "damaged"), new Sealed("bob", "damaged")), new ReviewApproved(product, "bob", 3)]);

        var items = (await (await _server.Anyone.SendAsync($"GET /products/{product}/reviews")).ShouldBeOkAsync())["items"]!.AsArray();

        Assert.Equal([null, "Loud"], items.Select(item => (string?)item!["title"]));
        Assert.Contains(_server.Logs.Lines, line => line.Contains("bob", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_for_a_decision_is_for_the_products_seller_and_operators_alone()
    {
        var product = await _server.Shop.CreateAsync();
        var first = await _server.Shop.ReviewAsync(product, "ann", "Loud", "And light.", approved: false);
        var second = await _server.Shop.ReviewAsync(product, "bob", "Quiet", "And heavy.", approved: false);
        await _server.Shop.ReviewAsync(product, "cid", "Good", "And cheap.");
        var path = $"/products/{product}/reviews/pending";

        foreach (var client in new[] { _server.ClientOf(Seller.Id), _server.ClientOf("boss", Actor.Operator) })
        {
            var answer = await client.SendAsync($"GET {path}");
            var items = (await answer.ShouldBeOkAsync())["items"]!.AsArray();
            Assert.Equal([(first.ToString(), "Loud"), (second.ToString(), "Quiet")], items.Select(item => ((string?)item!["id"], (string?)item["title"])));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
        }

        foreach (var client in new[] { _server.ClientOf("seller-2"), _server.ClientOf("ann", ShopRoles.Customer), _server.ClientOf(Seller.Id, ShopRoles.Customer) })
            await (await client.SendAsync($"GET {path}")).ShouldBeProblemAsync(403, "not_the_seller");
        await (await _server.Anyone.SendAsync($"GET {path}")).ShouldBeProblemAsync(401, "token_invalid");
        await (await _server.ClientOf(Seller.Id).SendAsync($"GET /products/{Guid.NewGuid()}/reviews/pending")).ShouldBeProblemAsync(404, "product_not_found");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Seller_of_a_deleted_product_still_reads_its_pending_reviews(bool projected)
    {
        var product = await _server.Shop.CreateAsync();
        await _server.Shop.ReviewAsync(product, "ann", "Loud", "And light.", approved: false);
        await _server.Shop.HappenAsync(product, [new ProductDeleted("worn out", Remaining: 3)], projected: projected);
        var path = $"/products/{product}/reviews/pending";

        var items = (await (await _server.ClientOf(Seller.Id).SendAsync($"GET {path}")).ShouldBeOkAsync())["items"]!.AsArray();

        Assert.Equal(["Loud"], items.Select(item => (string?)item!["title"]));
        await (await _server.ClientOf("seller-2").SendAsync($"GET {path}")).ShouldBeProblemAsync(403, "not_the_seller");
        await (await _server.ClientOf(Seller.Id, ShopRoles.Customer).SendAsync($"GET {path}")).ShouldBeProblemAsync(403, "not_the_seller");
    }

    [Theory]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?cursor=nonsense", "cursor_invalid")]
    [InlineData("?sort=stars", "parameter_unknown")]
    public async Task A_wrong_parameter_is_400(string query, string code)
    {
        var product = await _server.Shop.CreateAsync();
        await (await _server.Anyone.SendAsync($"GET /products/{product}/reviews{query}")).ShouldBeProblemAsync(400, code);
        await (await _server.ClientOf(Seller.Id).SendAsync($"GET /products/{product}/reviews/pending{query}")).ShouldBeProblemAsync(400, code);
    }

    [Fact]
    public async Task While_the_reviews_are_away_it_is_503()
    {
        _server.Others.Faults.Now = Fault.Fails;
        await (await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}/reviews")).ShouldBeProblemAsync(503, "unavailable");
    }
}
