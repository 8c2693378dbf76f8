using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Recommendations;

/// <summary>The guarantees of every store of rankings.</summary>
public abstract class RankingsSpecs
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ranking_is_found_as_it_was_saved_last()
    {
        var rankings = await OpenAsync();
        await rankings.SaveAsync(Of("a", 1, 2, 3), Ct);
        await rankings.SaveAsync(Of("a", 3, 1), Ct);

        Assert.Equal(Of("a", 3, 1).Products, await rankings.FindAsync("a", Ct));
        Assert.Empty(await rankings.FindAsync("b", Ct));
    }

    [Fact]
    public async Task Only_what_changed_is_written_and_what_is_no_more_is_removed()
    {
        var rankings = await OpenAsync();
        Assert.Equal((3, 0), await ReplaceAsync(Of("same", 1, 2), Of("changed", 1, 2), Of("gone", 1)));
        Assert.Equal((2, 1), await ReplaceAsync(Of("same", 1, 2), Of("changed", 2, 1), Of("new", 4)));
        Assert.Equal((0, 0), await ReplaceAsync(Of("same", 1, 2), Of("changed", 2, 1), Of("new", 4)));

        Assert.Equal(["changed: 2 1", "new: 4", "same: 1 2"], await rankings.ScanAsync(Ct).Select(TextOf).Order().ToListAsync(Ct));

        Task<(int Written, int Removed)> ReplaceAsync(params Ranking[] computed) => rankings.ReplaceAsync(computed.ToAsyncEnumerable(), Ct);
    }

    /// <summary>Opens empty rankings for each test.</summary>
    protected abstract Task<IRankings> OpenAsync();

    private static Ranking Of(string key, params int[] products) => new(key, [.. products.Select((product, rank) => new RankedProduct(Story.IdOf(product), 100 - rank))]);

    private static string TextOf(Ranking ranking) => $"{ranking.Key}: {string.Join(' ', ranking.Products.Select(product => Enumerable.Range(1, 9).Single(number => Story.IdOf(number) == product.ProductId)))}";
}

public sealed class InMemoryRankingsSpecs : RankingsSpecs
{
    protected override Task<IRankings> OpenAsync() => Task.FromResult<IRankings>(new InMemoryRankings());
}

public sealed class DynamoRankingsSpecs(DynamoFixture dynamo) : RankingsSpecs
{
    [Fact]
    public async Task What_the_rankings_were_computed_from_is_kept()
    {
        var checkpoint = new DynamoRankingCheckpoint(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.Checkpoints, Ct));
        Assert.Null(await checkpoint.FindAsync(Ct));
        var ranked = new RankedHistory(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), new SalesMark(new DateTimeOffset(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero), 7));
        await checkpoint.SaveAsync(ranked, Ct);
        Assert.Equal(ranked, await checkpoint.FindAsync(Ct));
    }

    protected override async Task<IRankings> OpenAsync() => new DynamoRankings(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.RecommendationsV1, Ct), ShopTopology.RecommendationsV1.PartitionKey.Name);
}
