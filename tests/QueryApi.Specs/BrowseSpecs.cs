using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Web.Degradation;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class BrowseSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("", "Cable,Amp,Book")]
    [InlineData("?sort=newest", "Cable,Amp,Book")]
    [InlineData("?sort=price", "Cable,Book,Amp")]
    [InlineData("?sort=-price", "Amp,Book,Cable")]
    [InlineData("?sort=name", "Amp,Book,Cable")]
    [InlineData("?category=audio", "Cable,Amp")]
    [InlineData("?category=audio&sort=-price", "Amp,Cable")]
    [InlineData("?category=nothing", "")]
    [InlineData("?category=Audio", "Cable,Amp")]
    [InlineData("?category=%EF%BD%81UDIO", "Cable,Amp")]
    [InlineData("?category=%E2%80%8D", "")]
    [InlineData("?limit=2", "Cable,Amp")]
    public async Task Lists_are_sorted_and_of_a_category(string query, string names)
    {
        await CreateThreeAsync();
        var page = await (await _server.Anyone.SendAsync($"GET /products{query}")).ShouldBeOkAsync();
        Assert.Equal(names, string.Join(',', page["items"]!.AsArray().Select(item => (string?)item!["name"])));
    }

    [Theory]
    [InlineData("/products?limit=1&sort=price")]
    [InlineData("/products?limit=1&sort=-price")]
    [InlineData("/products?limit=1")]
    public async Task Pages_follow_one_another_by_link_and_by_cursor(string path)
    {
        await CreateThreeAsync();
        List<string?> names = [];
        for (var next = path; next is not null;)
        {
            var answer = await _server.Anyone.SendAsync($"GET {next}");
            var page = await answer.ShouldBeOkAsync();
            names.AddRange(page["items"]!.AsArray().Select(item => (string?)item!["name"]));
            Assert.True(page.AsObject().ContainsKey("next"));
            Assert.Equal((string?)page["next"] is null, answer.Header("Link") is null);
            next = (string?)page["next"] is { } cursor ? $"{path}&cursor={Uri.EscapeDataString(cursor)}" : null;
            if (next is not null) Assert.Equal($"<{next}>; rel=\"next\"", answer.Header("Link"));
        }

        Assert.Equal(["Amp", "Book", "Cable"], names.Order());
        Assert.Equal(3, names.Count);
    }

    [Theory]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?limit=101", "limit_invalid")]
    [InlineData("?limit=ten", "limit_invalid")]
    [InlineData("?limit=", "limit_invalid")]
    [InlineData("?sort=rating", "sort_invalid")]
    [InlineData("?sort=Price", "sort_invalid")]
    [InlineData("?category=", "category_invalid")]
    [InlineData("?cursor=nonsense", "cursor_invalid")]
    [InlineData("?cursor=", "cursor_invalid")]
    [InlineData("?category=audio&asOf=yesterday", "time_invalid")]
    [InlineData("?asOf=2026-11-01", "category_required")]
    [InlineData("?category=audio&asOf=2026-11-01&cursor=nonsense", "cursor_invalid")]
    [InlineData("?page=2", "parameter_unknown")]
    [InlineData("?limit=1&limit=2", "parameter_repeated")]
    public async Task A_wrong_parameter_is_400(string query, string code) =>
        await (await _server.Anyone.SendAsync($"GET /products{query}")).ShouldBeProblemAsync(400, code);

    [Fact]
    public async Task Wrong_cursors_do_not_open_the_circuit()
    {
        for (var i = 0; i < Dependency.MinimumCalls + 1; i++) await (await _server.Anyone.SendAsync("GET /products?cursor=nonsense")).ShouldBeProblemAsync(400, "cursor_invalid");
        await (await _server.Anyone.SendAsync("GET /products")).ShouldBeOkAsync();
    }

    [Fact]
    public async Task Who_has_the_page_gets_304_until_it_changes()
    {
        var id = await _server.Shop.CreateAsync();
        var tag = (await _server.Anyone.SendAsync("GET /products")).Header("ETag")!;
        Assert.Equal(304, (int)(await _server.Anyone.SendAsync("GET /products", ("If-None-Match", tag))).StatusCode);
        await _server.Shop.HappenAsync(id, [Price(100, 80)]);
        Assert.Equal(200, (int)(await _server.Anyone.SendAsync("GET /products", ("If-None-Match", tag))).StatusCode);
    }

    [Fact]
    public async Task As_of_a_time_a_category_is_listed_as_it_was_then()
    {
        List<(string Time, string Items)> recorded = [];
        var amp = await _server.Shop.CreateAsync(Headphones("Amp", "audio", 300));
        await RecordAsync();
        var cable = await _server.Shop.CreateAsync(Headphones("Cable", "audio", 5));
        await _server.Shop.HappenAsync(amp, [Price(300, 200)]);
        await RecordAsync();
        await _server.Shop.ReviewAsync(cable, "customer-1", "Good", "They play.", stars: 4);
        await RecordAsync();
        await _server.Shop.HappenAsync(amp, [new ProductDetailsRevised(null, null, "books", null)]);
        await RecordAsync();
        await _server.Shop.HappenAsync(cable, [new ProductDeleted("Sold out", 0)]);
        await RecordAsync();

        Assert.Equal(5, recorded.DistinctBy(one => one.Items).Count());
        foreach (var (time, items) in recorded)
        {
            var answer = await _server.Anyone.SendAsync($"GET /products?category=audio&asOf={time}");
            Assert.Equal(items, (await answer.ShouldBeOkAsync()).ToJsonString());
            Assert.Equal(("no-store, stale-if-error=0", "event-store"), (answer.Header("Cache-Control"), answer.Header("X-Answered-From")));
        }

        async Task RecordAsync()
        {
            recorded.Add(($"{_server.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}", (await (await _server.Anyone.SendAsync("GET /products?category=audio")).ShouldBeOkAsync()).ToJsonString()));
            _server.Time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    private async Task CreateThreeAsync()
    {
        await _server.Shop.CreateAsync(Headphones("Book", "books", 20));
        await _server.Shop.CreateAsync(Headphones("Amp", "audio", 300));
        await _server.Shop.CreateAsync(Headphones("Cable", "audio", 5));
    }
}
