using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.ReadModels.Specs.Search;

/// <summary>The guarantees of every search.</summary>
public abstract class ProductSearchSpecs
{
    private static readonly SearchProjection Projection = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Products_are_ranked_by_the_words_place_and_whole_words_before_beginnings()
    {
        var (items, search) = await OpenAsync();
        Story[] ranked =
        [
            new(1, name: "Lamp"),
            new(2, name: "Lampshade"),
            new(3, name: "Shade", category: "lamp"),
            new(4, name: "Bulb", specifications: ("for", "lamp")),
            new(5, name: "Socket", description: "Fits any lamp."),
            new(6, name: "Cable", description: "Fits any lampshade."),
        ];
        await items.SaveAsync(Projection, ranked.Append(new Story(7, name: "Clamp")));

        Assert.Equal(ranked.Select(story => story.Id), await SearchAsync(search, "lamp"));
        Assert.Equal(ranked.Select(story => story.Id), await SearchAsync(search, "LÅMP!"));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData(1, null)]
    public async Task Total_counts_the_matches_of_all_pages_unless_a_price_range_hides_them(int? minPrice, int? total)
    {
        var (items, search) = await OpenAsync();
        await items.SaveAsync(Projection, new Story(1, name: "Lamp"), new Story(2, name: "Lamp"), new Story(3, name: "Lamp"));
        var query = new ProductSearchQuery("lamp", null, minPrice, null, ProductSearchSort.Newest, Limit: 2, Cursor: null);

        var first = await search.SearchAsync(query, Ct);
        var second = await search.SearchAsync(query with { Cursor = first.Next }, Ct);

        Assert.Equal((2, total), (first.Products.Count, first.Total));
        Assert.Equal((1, total), (second.Products.Count, second.Total));
    }

    [Fact]
    public async Task Of_those_that_answer_as_well_the_newest_comes_first()
    {
        var (items, search) = await OpenAsync();
        Story[] stories = [new(1, name: "Lamp"), new(2, name: "Lamp"), new(3, name: "Lamp")];
        await items.SaveAsync(Projection, stories);

        Assert.Equal(stories.Reverse().Select(story => story.Id), await SearchAsync(search, "lamp"));
    }

    [Fact]
    public async Task Every_word_must_be_answered_and_each_may_be_a_beginning()
    {
        var (items, search) = await OpenAsync();
        var (red, blue) = (new Story(1, name: "Red reading lamp"), new Story(2, name: "Blue reading lamp", category: "x"));
        await items.SaveAsync(Projection, red, blue);

        Assert.Equal([blue.Id, red.Id], await SearchAsync(search, "rea la"));
        Assert.Equal([red.Id], await SearchAsync(search, "lam read red"));
        Assert.Equal([blue.Id], await SearchAsync(search, "lamp blue"));
        Assert.Empty(await SearchAsync(search, "lamp green"));
        Assert.Empty(await SearchAsync(search, "r"));
        Assert.Equal([blue.Id], await SearchAsync(search, "x"));
        Assert.Empty(await SearchAsync(search, ""));
        Assert.Empty(await SearchAsync(search, "…"));
    }

    /// <summary>Readers see name and query as equal: they differ in normal form, case, width or vowel points.</summary>
    [Theory]
    [InlineData("Caf\u00E9 chair", "cafe\u0301")]
    [InlineData("Cafe\u0301 chair", "CAF\u00C9")]
    [InlineData("Cip\u0151", "cipo\u030B")]
    [InlineData("I\u015E\u0131k \u0130stanbul", "\u0131\u015F\u0131k istanbul")]
    [InlineData("Stra\u00DFe", "STRASSE")]
    [InlineData("\U0001E900\U0001E901\U0001E902 lamp", "\U0001E922\U0001E923\U0001E924")]
    [InlineData("\U0001E922\U0001E923\U0001E924", "\U0001E900\U0001E901")]
    [InlineData("\u0939\u093F\u0928\u094D\u0926\u0940 \u0915\u093F\u0924\u093E\u092C", "\u0915\u093F\u0924\u093E\u092C")]
    [InlineData("\u0915\u0958", "\u0915\u0915\u093C")]
    [InlineData("\u0643\u0650\u062A\u064E\u0627\u0628", "\u0643\u062A\u0627\u0628")]
    [InlineData("\u05E9\u05DC\u05D5\u05DD", "\u05E9\u05C1\u05B8\u05DC\u05D5\u05B9\u05DD")]
    [InlineData("\u0E2B\u0E39\u0E1F\u0E31\u0E07\u0E44\u0E23\u0E49\u0E2A\u0E32\u0E22", "\u0E44\u0E23\u0E49\u0E2A\u0E32\u0E22")]
    [InlineData("无线耳机 🎧", "🎧 耳机")]
    [InlineData("ワイヤレスヘッドホン", "ﾍｯﾄﾞﾎﾝ")]
    [InlineData("\uD55C\uAE00 \uC758\uC790", "\u110B\u1174\u110C\u1161")]
    [InlineData("Battery \u0667\u0667", "77")]
    [InlineData("\uFF2C\uFF25\uFF24 lamp", "led")]
    public async Task A_product_is_found_in_every_script_and_form(string name, string text)
    {
        var (items, search) = await OpenAsync();
        var wanted = new Story(1, name: name);
        await items.SaveAsync(Projection, wanted, new Story(2, name: "Other"));

        Assert.Equal([wanted.Id], await SearchAsync(search, text));
        Assert.Equal([wanted.Id], await SearchAsync(search, name));
    }

    [Fact]
    public async Task Price_and_category_narrow_it()
    {
        var (items, search) = await OpenAsync();
        Story[] stories = [.. Enumerable.Range(1, 6).Select(number => new Story(number, price: number * 10, category: number % 2 == 0 ? "light" : "dark", name: "Lamp"))];
        await items.SaveAsync(Projection, stories);

        Assert.Equal([6, 4, 2], NumbersOf(stories, await SearchAsync(search, "lamp", category: "light")));
        foreach (var sort in Enum.GetValues<ProductSearchSort>())
            Assert.Equal([2, 3, 4], NumbersOf(stories, await SearchAsync(search, "lamp", min: 20, max: 40, sort: sort)).Order());
        Assert.Equal([4], NumbersOf(stories, await SearchAsync(search, "lamp", category: "light", min: 20.01m, max: 59.99m)));
        Assert.Empty(await SearchAsync(search, "lamp", min: 41, max: 49));
    }

    [Fact]
    public async Task What_changes_is_found_by_its_new_words_at_its_new_price_and_no_longer_by_the_old()
    {
        var (items, search) = await OpenAsync();
        var (changed, gone) = (new Story(1, name: "Lamp"), new Story(2, name: "Lamp"));
        await items.SaveAsync(Projection, changed, gone, new Story(3, name: "Lamp", id: CanaryProduct.Id));
        Assert.Equal([gone.Id, changed.Id], await SearchAsync(search, "lamp"));

        await items.SaveAsync(Projection, changed.Price(50).Revise(name: "Candle", category: "lamp", specifications: [("battery", null), ("wax", "bee")]), gone.Delete());

        Assert.Equal([changed.Id], await SearchAsync(search, "lamp"));
        Assert.Equal([changed.Id], await SearchAsync(search, "candle wax", category: "lamp", min: 50, max: 50));
        Assert.Empty(await SearchAsync(search, "battery"));
        Assert.Empty(await SearchAsync(search, "candle", category: "audio"));
    }

    [Fact]
    public async Task A_cursor_of_another_query_is_refused()
    {
        var (items, search) = await OpenAsync();
        await items.SaveAsync(Projection, new Story(1, name: "Red lamp"), new Story(2, name: "Red lamp"));
        foreach (var sort in Enum.GetValues<ProductSearchSort>())
        {
            var query = new ProductSearchQuery("red lamp", null, null, null, sort, 1, null);
            var cursor = (await search.SearchAsync(query, Ct)).Next;
            Assert.Single((await search.SearchAsync(query with { Text = "Red, Lamp", Cursor = cursor }, Ct)).Products);
            foreach (var other in new[] { query with { Text = "red" }, query with { Category = "audio" }, query with { MinPrice = 1 }, query with { Sort = (ProductSearchSort)(((int)sort + 1) % 5) } })
                await Assert.ThrowsAsync<InvalidCursorException>(() => search.SearchAsync(other with { Cursor = cursor }, Ct));
            await Assert.ThrowsAsync<InvalidCursorException>(() => search.SearchAsync(query with { Cursor = "nonsense" }, Ct));
        }
    }

    /// <summary>Opens empty stores for each test.</summary>
    protected abstract Task<(IReadModel<SearchDocument> Items, IProductSearch Search)> OpenAsync();

    /// <summary>Returns all results for any page size.</summary>
    protected static async Task<IReadOnlyList<Guid>> SearchAsync(
        IProductSearch search,
        string text,
        string? category = null,
        decimal? min = null,
        decimal? max = null,
        ProductSearchSort sort = ProductSearchSort.Relevance,
        int limit = 100)
    {
        IReadOnlyList<Guid>? found = null;
        foreach (var size in limit == 100 ? new[] { 100, 2 } : [limit])
        {
            var pages = await Saving.AllPagesAsync(
                async cursor => await search.SearchAsync(new ProductSearchQuery(text, category, min, max, sort, size, cursor), Ct) is var page ? (page.Products, page.Next) : default,
                size);
            Assert.Equal(found ?? pages, pages);
            found = pages;
        }

        return found!;
    }

    private static IEnumerable<int> NumbersOf(Story[] stories, IEnumerable<Guid> products) => products.Select(product => stories.Single(story => story.Id == product).Number);
}

public sealed class InMemoryProductSearchSpecs : ProductSearchSpecs
{
    protected override Task<(IReadModel<SearchDocument> Items, IProductSearch Search)> OpenAsync()
    {
        var search = new InMemoryProductSearch();
        return Task.FromResult<(IReadModel<SearchDocument>, IProductSearch)>((search, search));
    }
}
