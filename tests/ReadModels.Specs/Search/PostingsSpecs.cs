using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.Search;

/// <summary>The table of words next to the rows of the search.</summary>
public sealed class PostingsSpecs(DynamoFixture dynamo) : IAsyncLifetime
{
    private static readonly SearchProjection Projection = new();

    private IAmazonDynamoDB _db = null!;
    private string _rows = "", _words = "";
    private DynamoProductSearchV1 _search = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _db = await dynamo.OpenAsync(Ct);
        _words = await dynamo.CreateAsync(ShopTopology.ProductSearchV1Words, Ct);
        _rows = await dynamo.CreateAsync(ShopTopology.ProductSearchV1, Ct);
        _search = new DynamoProductSearchV1(_db, _rows, _words, ShopReadModels.SearchDocuments);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_posting_is_one_that_its_row_names()
    {
        await _search.SaveAsync(Projection, new Story(1), new Story(2).Revise(name: "Lamp"), new Story(3).Delete());
        await _search.SaveAsync(Projection, new Story(1).Revise(name: "Chair", category: "seats"), new Story(2).Revise(name: "Lamp").Delete());

        await Postings.ShouldBeThoseOfAsync(_search);
    }

    /// <summary>Up to 7d5ba1d, postings were compared by 16 bits of a hash, and these two categories have the same.</summary>
    [Fact]
    public async Task A_product_moves_to_a_category_whose_hash_is_the_same()
    {
        var at = new Story(1)[1].At.ToUnixTimeMilliseconds();
        var other = Enumerable.Range(0, int.MaxValue).Select(number => $"c{number}").First(category => OldHash(category, at) == OldHash("audio", at));
        await _search.SaveAsync(Projection, new Story(1));

        await _search.SaveAsync(Projection, new Story(1).Revise(category: other));

        Assert.Equal([Story.IdOf(1)], await FindAsync("wireless", other));
        Assert.Empty(await FindAsync("wireless", "audio"));
        await Postings.ShouldBeThoseOfAsync(_search);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rebuild_repairs_missing_differing_and_stray_postings(bool isOneStream)
    {
        var log = new InMemoryEventLog();
        Story[] stories = [new(1), new(2), new Story(3).Delete()];
        foreach (var story in stories) await log.AppendAsync(story.Events, [], Ct);
        await _search.SaveAsync(Projection, stories);
        var item = Posting.Of(await RowAsync(1)).First();
        await _db.DeleteItemAsync(_words, item.Key, Ct);
        await PutAsync(Posting.Of(await RowAsync(1)).Last() with { Category = "old" }, item with { Word = "stray" });
        if (!isOneStream) await PutAsync(item with { Word = "dead", Product = Story.IdOf(3) }, item with { Word = "nobody", Product = Story.IdOf(9) });
        var reader = new StreamReader(log, new InMemoryStreamTips());
        var build = new ReadModelBuild(new ReadModel("search", new Projector<SearchDocument>(_search, Projection, reader)), log, log, new InMemoryBuildCheckpoints(), TimeProvider.System);

        var report = isOneStream ? await build.RunAsync(stories[0].Stream, Ct) : await build.RunAsync(BuildScope.Everything, null, _ => { }, Ct);

        Assert.Equal(isOneStream ? 1 : 3, report.Strays);
        await Postings.ShouldBeThoseOfAsync(_search);
        Assert.Equal(0, isOneStream ? 0 : (await build.RunAsync(BuildScope.Everything, null, _ => { }, Ct)).Strays);
    }

    /// <summary>A row of 7d5ba1d: each amount has a hash, and there is no shape.</summary>
    [Fact]
    public async Task A_row_of_the_code_before_is_read_and_only_what_changes_is_written()
    {
        var story = new Story(1);
        await _search.SaveAsync(Projection, story);
        var now = await RowAsync(1);
        var hash = 4 * OldHash("audio", story[1].At.ToUnixTimeMilliseconds());
        var old = now.Adds! with { Sums = now.Adds!.Sums.ToDictionary(word => word.Key, word => word.Value + hash) };
        await _db.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = _rows,
                Key = new() { ["stream"] = new(story.Stream.ToString()) },
                UpdateExpression = "SET adds = :adds REMOVE shape",
                ExpressionAttributeValues = new() { [":adds"] = new(old.Text) },
            },
            Ct);

        var read = await RowAsync(1);
        Assert.Equal((1, old), (read.Shape, read.Adds));
        await Postings.ShouldBeThoseOfAsync(_search);

        // A posting that is written again would be complete again.
        var kept = Posting.Of(read).First(posting => posting.Word == "headphones");
        await PutAsync(kept with { Category = "marked" });
        var projector = new Projector<SearchDocument>(_search, Projection, new StreamReader(new InMemoryEventLog(), new InMemoryStreamTips()));
        Assert.Null(Assert.Single(await projector.ProjectAsync([new StreamBatch(story.Stream, [story.Revise(name: "Wired headphones")[2]], [])], Ct)).Error);
        Assert.Empty(await FindAsync("wireless"));
        Assert.Equal([story.Id], await FindAsync("wired"));
        Assert.Equal([story.Id], await FindAsync("headphones", "marked"));
        Assert.Equal(1, (await RowAsync(1)).Shape);
    }

    private async Task<ReadModelItem<SearchDocument>> RowAsync(int number) => (await _search.LoadAsync([new Story(number).Stream], Ct)).Values.Single();

    private async Task PutAsync(params Posting[] postings)
    {
        foreach (var posting in postings) await _db.PutItemAsync(_words, posting.Write(), Ct);
    }

    private async Task<IReadOnlyList<Guid>> FindAsync(string text, string? category = null) =>
        (await _search.SearchAsync(new ProductSearchQuery(text, category, null, null, ProductSearchSort.Relevance, 20, null), Ct)).Products;

    private static int OldHash(string category, long at)
    {
        var hash = 2166136261u;
        foreach (var one in Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{category}\u0001{at}"))) hash = (hash ^ one) * 16777619u;
        return (int)((hash >> 16) ^ (hash & 0xFFFF));
    }
}

internal static class Postings
{
    /// <summary>Asserts that the table of words has exactly the entries of the rows.</summary>
    public static async Task ShouldBeThoseOfAsync(DynamoProductSearchV1 search)
    {
        var ct = TestContext.Current.CancellationToken;
        var named = await search.ScanAsync(ct).SelectMany(item => new SearchProjection().EntriesOf(item).ToAsyncEnumerable()).Select(entry => entry.ToString()).Order().ToListAsync(ct);
        Assert.Equal(named, await search.ScanEntriesAsync(ct).Select(entry => entry.ToString()).Order().ToListAsync(ct));
    }
}
