using ServerlessCqrs.Operating.Building;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator.Specs.Building;

public sealed class ReadModelComparisonSpecs
{
    private readonly InMemoryShop _shop = new() { Projects = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Built_version_is_the_fold_and_differs_from_the_other_by_what_is_new()
    {
        await BuildThreeAsync();

        var report = await CompareAsync();

        Assert.True(report.IsClean);
        Assert.Equal((3, 0, 0, 0), (report.Items, report.Differing, report.Missing, report.OnTheWay));
        Assert.Equal([("$.document.priceHistory is new", 3L), ("$.document.searchName is new", 3L)], report.BesideIt.Select(change => (change.Key, change.Value)));
    }

    [Fact]
    public async Task An_item_that_is_not_the_fold_and_one_that_is_missing_are_told()
    {
        await BuildThreeAsync();
        await _shop.DoAsync(InMemoryShop.Product(4), InMemoryShop.Create(4));
        var stream = InMemoryShop.Product(2);
        var stored = (await _shop.Stores.Of(ShopReadModels.ProductDocumentsV2).LoadAsync([stream], Ct))[stream];
        Assert.True(await _shop.Stores.Of(ShopReadModels.ProductDocumentsV2).SaveAsync(stored with { Document = stored.Document! with { SearchName = "wrong" } }, stored, Ct));

        var report = await CompareAsync();

        Assert.False(report.IsClean);
        Assert.Equal((4, 1, 1), (report.Items, report.Differing, report.Missing));
        Assert.Equal((stream, "$.document.searchName: item \"wrong\", fold \"headphones 2\""), Assert.Single(report.First));
    }

    [Fact]
    public async Task What_has_not_come_to_an_item_yet_is_no_difference()
    {
        await BuildThreeAsync();
        await _shop.DoAsync(InMemoryShop.Product(1), new UpdateProductPrice(new Money(80, "USD")));

        var report = await CompareAsync();

        Assert.True(report.IsClean);
        Assert.Equal((3, 1), (report.Items, report.OnTheWay));
    }

    /// <summary>Three products, in both versions.</summary>
    private async Task BuildThreeAsync()
    {
        for (var number = 1; number <= 3; number++) await _shop.DoAsync(InMemoryShop.Product(number), InMemoryShop.Create(number));
        await _shop.DoAsync(InMemoryShop.Product(3), new UpdateProductPrice(new Money(80, "USD")));
        foreach (var model in new[] { ShopReadModels.ProductsV1, ShopReadModels.ProductsV2 })
            await new ReadModelBuild(_shop.Models[model], _shop.Log, _shop.Log, new InMemoryBuildCheckpoints(), _shop.Time).RunAsync(BuildScope.Everything, null, _ => { }, Ct);
    }

    private Task<ComparisonReport> CompareAsync() =>
        new ReadModelComparison(_shop.Models[ShopReadModels.ProductsV2], _shop.Models[ShopReadModels.ProductsV1], _shop.Log, new StreamReader(_shop.Log, _shop.Tips), _shop.Time).RunAsync(_ => { }, Ct);
}
