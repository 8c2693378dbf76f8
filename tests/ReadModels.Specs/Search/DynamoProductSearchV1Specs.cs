using System.Diagnostics;
using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Search;

public sealed class DynamoProductSearchV1Specs(DynamoFixture dynamo) : ProductSearchSpecs
{
    private static readonly string[] Nouns = ["lamp", "lantern", "headphones", "headset", "chair", "charger", "table", "tablet", "shade", "shelf"];
    private static readonly string[] Adjectives = ["red", "reddish", "light", "lightweight", "wireless", "wired", "small", "smart", "old", "golden"];

    /// <summary>So many products that the search scans lists and reads prices in chunks.</summary>
    [Fact]
    public async Task It_finds_what_looking_at_every_product_finds()
    {
        var (memory, stored) = (new InMemoryProductSearch(), (await CreateAsync()).Search);
        var chance = new Random(11);
        Story[] stories = [.. Enumerable.Range(0, 240).Select(number => Random(number, chance))];
        await memory.SaveAsync(new SearchProjection(), stories);
        await stored.SaveAsync(new SearchProjection(), stories);
        foreach (var story in stories.Where(_ => chance.Next(4) == 0)) story.Random(chance.Next(1000));
        await memory.SaveAsync(new SearchProjection(), stories);
        await stored.SaveAsync(new SearchProjection(), stories);

        for (var i = 0; i < 40; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, chance.Next(1, 4)).Select(_ => Word(chance)).Select(word => word[..chance.Next(Math.Min(2, word.Length), word.Length + 1)]));
            var query = new ProductSearchQuery(
                text,
                chance.Next(3) == 0 ? "audio" : null,
                chance.Next(3) == 0 ? chance.Next(1, 60) : null,
                chance.Next(3) == 0 ? chance.Next(40, 100) : null,
                (ProductSearchSort)chance.Next(5),
                chance.Next(15, 60),
                null);

            Assert.Equal(await AllAsync(memory, query), await AllAsync(stored, query));
        }
    }

    [Fact]
    public async Task The_most_words_that_a_product_can_have_change_in_one_transaction()
    {
        var search = (await CreateAsync()).Search;
        var story = new Story(1, name: Numbered("first", 30), description: Numbered("some", 48));
        await search.SaveAsync(new SearchProjection(), story);

        await search.SaveAsync(new SearchProjection(), story.Revise(name: Numbered("second", 30), category: "other", specifications: [("battery", null), ("weight", null), ("more", Numbered("more", 8)), ("most", Numbered("most", 8))]));

        Assert.Equal([story.Id], await SearchAsync(search, "second29 more7"));
        Assert.Empty(await SearchAsync(search, "first0"));
        await Postings.ShouldBeThoseOfAsync(search);

        static string Numbered(string word, int count) => string.Join(' ', Enumerable.Range(0, count).Select(number => $"{word}{number}"));
    }

    [Fact]
    public async Task A_search_costs_what_it_finds_and_not_what_there_is()
    {
        var search = (await CreateAsync()).Search;
        var chance = new Random(12);
        await search.SaveAsync(new SearchProjection(), Enumerable.Range(0, 250).Select(number => new Story(number, name: $"Lamp {(number % 50 == 0 ? "rare" : "common")}", price: 1 + chance.Next(99))));

        Assert.InRange(await UnitsAsync("rare", ProductSearchSort.Relevance), 0.5, 1);
        Assert.InRange(await UnitsAsync("rare", ProductSearchSort.Price), 3, 3.5);

        // 250 postings of about 80 bytes, and two chunks of a list that contains only keys.
        Assert.InRange(await UnitsAsync("lamp", ProductSearchSort.Newest), 2, 4);
        Assert.InRange(await UnitsAsync("lamp", ProductSearchSort.Price), 3, 7);
        Assert.InRange(await UnitsAsync("lamp rare", ProductSearchSort.Price), 5, 7);

        async Task<double> UnitsAsync(string text, ProductSearchSort sort) => (await search.SearchAsync(new ProductSearchQuery(text, null, null, null, sort, 20, null), Ct)).ReadUnits;
    }

    protected override async Task<(IReadModel<SearchDocument> Items, IProductSearch Search)> OpenAsync()
    {
        var search = (await CreateAsync()).Search;
        return (search, search);
    }

    private async Task<(IAmazonDynamoDB Db, string Words, DynamoProductSearchV1 Search)> CreateAsync()
    {
        var db = await dynamo.OpenAsync(Ct);
        var words = await dynamo.CreateAsync(ShopTopology.ProductSearchV1Words, Ct);
        return (db, words, new DynamoProductSearchV1(db, await dynamo.CreateAsync(ShopTopology.ProductSearchV1, Ct), words, ShopReadModels.SearchDocuments));
    }

    private static Task<IReadOnlyList<Guid>> AllAsync(IProductSearch search, ProductSearchQuery query) =>
        SearchAsync(search, query.Text, query.Category, query.MinPrice, query.MaxPrice, query.Sort, query.Limit);

    private static Story Random(int number, Random chance) => new(
        number,
        price: chance.Next(1, 100),
        category: chance.Next(3) == 0 ? "audio" : Word(chance),
        name: $"{Word(chance)} {Word(chance)}",
        description: $"{Word(chance)} {Word(chance)} {Word(chance)}",
        specifications: (Word(chance), $"{Word(chance)} {Word(chance)}"));

    private static string Word(Random chance) => chance.Next(2) == 0 ? Nouns[chance.Next(Nouns.Length)] : Adjectives[chance.Next(Adjectives.Length)];
}
