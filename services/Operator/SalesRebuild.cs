using ServerlessCqrs.Operating.Building;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator;

/// <summary>Rebuilds recommendations and best sellers. One computation over all orders writes both.</summary>
internal static class SalesRebuild
{
    public static ComputedReadModels Rankings { get; } =
        new([ShopTopology.RecommendationsV1.Name, ShopTopology.BestSellersV1.Name], Source: "all orders", RankAsync);

    private static async Task<IReadOnlyList<string>> RankAsync(OperatedStack stack, CancellationToken ct)
    {
        var ranker = SalesRanker.Over(
            stack.Database,
            new SalesRankings(
                RankingsIn(stack, ShopTopology.RecommendationsV1),
                RankingsIn(stack, ShopTopology.BestSellersV1)),
            new DynamoRankingCheckpoint(stack.DynamoDb, stack.Names[ReadModelDeclarations.Checkpoints]),
            TimeSpan.FromDays(ShopTopology.SalesWindowDays),
            TimeProvider.System);
        var report = await ranker.RankAnewAsync(ct);
        return
        [
            Line(ShopTopology.RecommendationsV1, report.BoughtTogether),
            Line(ShopTopology.BestSellersV1, report.BestSellers),
        ];
    }

    private static DynamoRankings RankingsIn(OperatedStack stack, Table table) =>
        new(stack.DynamoDb, stack.Names[table], table.PartitionKey.Name);

    private static string Line(Table table, (int Written, int Removed) rankings) =>
        $"{table.Name}: {rankings.Written:N0} rankings written, {rankings.Removed:N0} removed; the others were right";
}
