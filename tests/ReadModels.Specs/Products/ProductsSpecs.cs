using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Products;

/// <summary>The guarantees of every store of products.</summary>
public abstract class ProductsSpecs
{
    private static readonly ProductProjection Projection = new();
    private static readonly RatingProjection Ratings = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens empty stores for each test.</summary>
    protected abstract Task<(IReadModel<ProductDocument> Items, IProductCatalogue Lists, IReadModel<ReviewRating> Ratings)> OpenAsync();

    [Fact]
    public async Task What_was_saved_is_loaded_again()
    {
        var (items, _, _) = await OpenAsync();
        var (alive, dead, missing) = (new Story(1).Price(79.90m).Revise(name: "Kopfhörer 耳机 🎧"), new Story(2).Delete(), new Story(3));
        await SaveAsync(items, alive, dead);

        var loaded = await items.LoadAsync([alive.Stream, dead.Stream, missing.Stream], Ct);

        Assert.Equal([ItemOf(alive).Text(), ItemOf(dead).Text()], loaded.Values.OrderByDescending(item => item.Version).Select(item => item.Text()));
        Assert.Equal(ItemOf(alive).Text(), (await items.FindAsync(alive.Stream)).Text());
        Assert.Null(await items.FindAsync(missing.Stream));
        Assert.Equal([(alive.Stream, 3L), (dead.Stream, 2L)], (await items.LoadVersionsAsync([alive.Stream, dead.Stream, missing.Stream], Ct)).OrderByDescending(v => v.Value).Select(v => (v.Key, v.Value)));
    }

    [Fact]
    public async Task Who_read_another_version_saves_nothing()
    {
        var (items, _, _) = await OpenAsync();
        var story = new Story(1).Price(90).Price(95);
        var (first, second, third) = (ItemOf(story, 1), ItemOf(story, 2), ItemOf(story, 3));

        Assert.False(await items.SaveAsync(second, first, Ct));
        Assert.True(await items.SaveAsync(first, null, Ct));
        Assert.False(await items.SaveAsync(second, null, Ct));
        Assert.True(await items.SaveAsync(third, first, Ct));
        Assert.False(await items.SaveAsync(second, first, Ct));
        Assert.Equal(third.Text(), (await items.FindAsync(story.Stream)).Text());
    }

    [Fact]
    public async Task Of_many_who_save_at_once_one_does()
    {
        var (items, _, _) = await OpenAsync();
        var story = new Story(1);

        var won = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => items.SaveAsync(ItemOf(story), null, Ct)));

        Assert.Single(won, true);
    }

    [Fact]
    public async Task More_streams_than_one_call_takes_are_loaded_and_scanned()
    {
        var (items, _, _) = await OpenAsync();
        Story[] stories = [.. Enumerable.Range(0, 230).Select(number => new Story(number))];
        await SaveAsync(items, stories);
        var scanned = new List<StreamId>();
        await foreach (var item in items.ScanAsync(Ct)) scanned.Add(item.Stream);

        StreamId[] all = [.. stories.Select(story => story.Stream)];
        Assert.Equal(all.Select(id => $"{id}").Order(), (await items.LoadAsync([.. all, .. all], Ct)).Keys.Select(id => $"{id}").Order());
        Assert.Equal(all.Select(id => $"{id}").Order(), (await items.LoadVersionsAsync(all, Ct)).Keys.Select(id => $"{id}").Order());
        Assert.Equal(all.Select(id => $"{id}").Order(), scanned.Select(id => $"{id}").Order());
        Assert.Empty(await items.LoadAsync([], Ct));
    }

    [Fact]
    public async Task Every_list_is_in_order_page_by_page()
    {
        var (items, lists, _) = await OpenAsync();
        var stories = Shelf();
        await SaveAsync(items, stories);

        foreach (var sort in Enum.GetValues<ProductSort>())
            foreach (var category in new[] { null, "audio", "video", "garden tools", "nothing" })
                foreach (var limit in new[] { 1, 7, 100 })
                    Assert.Equal(Expected(stories, sort, category), await BrowseAsync(lists, sort, category, limit));
    }

    [Fact]
    public async Task A_deleted_product_leaves_the_lists_and_a_revised_one_moves()
    {
        var (items, lists, _) = await OpenAsync();
        var (gone, moved) = (new Story(1), new Story(2));
        await SaveAsync(items, gone, moved);
        Assert.Equal(2, (await BrowseAsync(lists, ProductSort.Name, "audio", 10)).Count);

        await items.SaveAsync(ItemOf(gone.Delete()), ItemOf(gone, 1), Ct);
        await items.SaveAsync(ItemOf(moved.Revise(category: "video")), ItemOf(moved, 1), Ct);

        Assert.Empty(await BrowseAsync(lists, ProductSort.Name, "audio", 10));
        Assert.Equal([moved.Id], await BrowseAsync(lists, ProductSort.Newest, "video", 10));
    }

    [Fact]
    public async Task The_canary_is_an_item_like_any_other_and_in_no_list()
    {
        var (items, lists, _) = await OpenAsync();
        var (canary, product) = (new Story(1, category: "canary", id: CanaryProduct.Id), new Story(2));
        await SaveAsync(items, canary, product);

        Assert.Equal(ItemOf(canary).Text(), (await items.FindAsync(canary.Stream)).Text());
        Assert.Equal([product.Id], await BrowseAsync(lists, ProductSort.Newest, null, 10));
        Assert.Empty(await BrowseAsync(lists, ProductSort.Newest, "canary", 10));
    }

    [Fact]
    public async Task What_is_added_meanwhile_neither_repeats_nor_hides_a_product()
    {
        var (items, lists, _) = await OpenAsync();
        Story[] stories = [.. Enumerable.Range(0, 10).Select(number => new Story(number, price: 10 + number))];
        await SaveAsync(items, stories);
        var page = await lists.BrowseAsync(new ProductBrowse(null, ProductSort.Price, 5, null), Ct);

        await SaveAsync(items, new Story(100, price: 9), new Story(101, price: 30));
        await items.SaveAsync(ItemOf(stories[4].Delete()), ItemOf(stories[4], 1), Ct);
        var rest = await lists.BrowseAsync(new ProductBrowse(null, ProductSort.Price, 100, page.Next), Ct);

        Assert.Equal([15m, 16, 17, 18, 19, 30], rest.Items.Select(item => item.CurrentPrice));
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task A_summary_is_what_the_document_says()
    {
        var (items, lists, _) = await OpenAsync();
        var story = new Story(1).Price(75).Stock(0);
        await SaveAsync(items, story);

        Assert.Equal(
            new ProductSummary(story.Id, "Wireless Headphones 1", "wireless-headphones-1", "audio", 75, 25, "USD", "https://images.example/0.jpg", 0, 0, false, 3, story[3].At),
            (await lists.BrowseAsync(new ProductBrowse("audio", ProductSort.Name, 1, null), Ct)).Items.Single());
    }

    [Fact]
    public async Task Average_and_count_are_of_the_approved_reviews_in_the_document_and_in_every_list()
    {
        var (items, lists, ratings) = await OpenAsync();
        var (rated, unrated) = (new Story(1), new Story(2));
        await SaveAsync(items, rated, unrated);
        await ratings.SaveAsync(Ratings, new ReviewStory(1).Submit(stars: 5).Approve(), new ReviewStory(2).Submit(stars: 4).Approve(), new ReviewStory(3).Submit(stars: 4).Approve());
        await ratings.SaveAsync(Ratings, new ReviewStory(4).Submit(stars: 1), new ReviewStory(5).Submit(stars: 1).Reject(), new ReviewStory(6));

        var found = await lists.FindAsync(rated.Stream, Ct);
        Assert.Equal((4.33m, 3, 9L), (found.Document!.AverageRating, found.Document.TotalReviews, found.Rating.Revision));
        Assert.Equal((0m, 0), (await lists.FindAsync(unrated.Stream, Ct)).Document is { } document ? (document.AverageRating, document.TotalReviews) : default);
        foreach (var sort in Enum.GetValues<ProductSort>())
        {
            var page = (await lists.BrowseAsync(new ProductBrowse("audio", sort, 10, null), Ct)).Items.ToDictionary(summary => summary.Id);
            Assert.Equal((4.33m, 3, 0m, 0), (page[rated.Id].AverageRating, page[rated.Id].TotalReviews, page[unrated.Id].AverageRating, page[unrated.Id].TotalReviews));
        }

        Assert.Equal(4.33m, (await lists.SummariesAsync([rated.Id, unrated.Id, Story.IdOf(3)], Ct))[rated.Id].AverageRating);
    }

    [Fact]
    public async Task A_rating_waits_for_its_product_and_outlives_it()
    {
        var (items, lists, ratings) = await OpenAsync();
        var story = new Story(1);
        await ratings.SaveAsync(Ratings, new ReviewStory(1).Submit(stars: 5).Approve());
        Assert.Equal(new RatedProduct(null, new ProductRating(5, 1, 3)), await lists.FindAsync(story.Stream, Ct));
        Assert.Empty(await items.LoadAsync([story.Stream], Ct));

        await SaveAsync(items, story);
        Assert.Equal((5m, 1), (await lists.FindAsync(story.Stream, Ct)).Document is { } document ? (document.AverageRating, document.TotalReviews) : default);
        Assert.Equal(ItemOf(story).Text(), (await items.FindAsync(story.Stream)).Text());

        await items.SaveAsync(ItemOf(story.Price(90).Delete()), ItemOf(story, 1), Ct);
        await ratings.SaveAsync(Ratings, new ReviewStory(2).Submit(stars: 3).Approve());
        var gone = await lists.FindAsync(story.Stream, Ct);
        Assert.Equal((null, 3, 2), (gone.Document, (int)gone.Item!.Version, gone.Rating.Reviews));
    }

    [Fact]
    public async Task What_no_list_shows_has_no_summary()
    {
        var (items, lists, _) = await OpenAsync();
        var (canary, gone, shown) = (new Story(1, category: "canary", id: CanaryProduct.Id), new Story(2).Delete(), new Story(3).Price(75));
        await SaveAsync(items, canary, gone, shown);

        var summary = Assert.Single(await lists.SummariesAsync([canary.Id, gone.Id, shown.Id], Ct)).Value;
        Assert.Equal(ItemOf(shown).Document!.Summarize(), summary);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var (items, lists, _) = await OpenAsync();
        await SaveAsync(items, new Story(1), new Story(2));
        var cursor = (await lists.BrowseAsync(new ProductBrowse("audio", ProductSort.Name, 1, null), Ct)).Next;

        foreach (var other in new[] { new ProductBrowse("audio", ProductSort.Price, 1, cursor), new ProductBrowse(null, ProductSort.Name, 1, cursor), new ProductBrowse("video", ProductSort.Name, 1, cursor) })
            await Assert.ThrowsAsync<InvalidCursorException>(() => lists.BrowseAsync(other, Ct));
    }

    private static Story[] Shelf()
    {
        string[] names = ["Zither", "zither", "Äpfel", "apple", "Apple pie", "apple  pie", "\uFF21pple", "🎧 phones", "耳机", "10 things", "9 things"];
        string[] categories = ["audio", "video", "garden tools", "a", "b"];
        return [.. Enumerable.Range(0, 44).Select(number => new Story(number, price: 1 + number * 37 % 12 * 833.25m, category: categories[number * number % 5], name: names[number % names.Length]))];
    }

    private static Guid[] Expected(Story[] stories, ProductSort sort, string? category)
    {
        var shown = stories.Select(story => ItemOf(story).Document!).Where(product => category is null || product.Category == category);
        var ordered = sort switch
        {
            ProductSort.Newest => shown.OrderByDescending(product => product.CreatedAt).ThenByDescending(product => product.Id.ToString(), StringComparer.Ordinal),
            ProductSort.Price => shown.OrderBy(product => product.Pricing.CurrentPrice).ThenBy(product => product.Id.ToString(), StringComparer.Ordinal),
            ProductSort.PriceDescending => shown.OrderByDescending(product => product.Pricing.CurrentPrice).ThenByDescending(product => product.Id.ToString(), StringComparer.Ordinal),
            _ => shown.OrderBy(product => CodePoints(product.Name), StringComparer.Ordinal).ThenBy(product => product.Id.ToString(), StringComparer.Ordinal),
        };
        return [.. ordered.Select(product => product.Id)];
    }

    /// <summary>Returns the name as lists sort it, with eight digits per code point.</summary>
    private static string CodePoints(string name) =>
        string.Concat(name.ToLowerInvariant().Replace("  ", " ", StringComparison.Ordinal).EnumerateRunes().Select(rune => rune.Value.ToString("D8", System.Globalization.CultureInfo.InvariantCulture)));

    private static async Task<IReadOnlyList<Guid>> BrowseAsync(IProductCatalogue lists, ProductSort sort, string? category, int limit)
    {
        var found = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await lists.BrowseAsync(new ProductBrowse(category, sort, limit, cursor), Ct);
            Assert.True(page.Items.Count == limit || page.Next is null && page.Items.Count <= limit);
            found.AddRange(page.Items.Select(item => item.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        return found;
    }

    private static ReadModelItem<ProductDocument> ItemOf(Story story, long version = long.MaxValue) => Projection.Fold(story.Events.Where(e => e.Version <= version))!;

    private static async Task SaveAsync(IReadModel<ProductDocument> items, params Story[] stories)
    {
        foreach (var chunk in stories.Chunk(16))
            Assert.DoesNotContain(false, await Task.WhenAll(chunk.Select(story => items.SaveAsync(ItemOf(story), null, Ct))));
    }
}
