using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Products;

public sealed class KnownCategoriesSpecs(DynamoFixture dynamo)
{
    [Fact]
    public async Task Every_process_knows_the_categories_that_any_has_added()
    {
        var ct = TestContext.Current.CancellationToken;
        var db = await dynamo.OpenAsync(ct);
        var table = await dynamo.CreateAsync(ShopTopology.Checkpoints, ct);
        var time = new ManualTime();
        KnownCategories one = new(db, table, "products-v1", time), other = new(db, table, "products-v1", time), another = new(db, table, "products-v2", time);
        Assert.Empty(await other.ReadAsync(ct));

        await Task.WhenAll(one.AddAsync("audio", ct), one.AddAsync("video", ct), other.AddAsync("audio", ct), one.AddAsync("audio", ct));
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["audio", "video"], (await one.ReadAsync(ct)).Order());
        Assert.Equal(["audio", "video"], (await other.ReadAsync(ct)).Order());
        Assert.Empty(await another.ReadAsync(ct));
    }

    [Fact]
    public async Task More_categories_than_an_item_holds_are_known_as_well()
    {
        var ct = TestContext.Current.CancellationToken;
        var db = await dynamo.OpenAsync(ct);
        var table = await dynamo.CreateAsync(ShopTopology.Checkpoints, ct);
        // 8,180 categories of 50 bytes each leave no room for another.
        List<string> full = [.. Enumerable.Range(0, 8_180).Select(i => $"{i:d4}".PadRight(ProductLimits.MaxCategory, 'c'))];
        await db.PutItemAsync(table, new() { ["name"] = new("categories#products-v1"), ["categories"] = new() { SS = full } }, ct);
        KnownCategories one = new(db, table, "products-v1", new ManualTime()), other = new(db, table, "products-v1", new ManualTime());

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => one.AddAsync($"new-{i}".PadRight(ProductLimits.MaxCategory, 'n'), ct)));
        await other.AddAsync("another", ct);

        Assert.Equal(8_191, (await new KnownCategories(db, table, "products-v1", new ManualTime()).ReadAsync(ct)).Count);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
