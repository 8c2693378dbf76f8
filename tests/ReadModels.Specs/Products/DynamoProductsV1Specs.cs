using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Products;

public sealed class DynamoProductsV1Specs(DynamoFixture dynamo) : ProductsSpecs
{
    [Fact]
    public async Task A_tombstone_holds_no_more_than_its_version_and_time()
    {
        var (db, table, products) = await CreateAsync();
        var story = new Story(1);
        await products.SaveAsync(new ProductProjection().Fold(story.Events)!, null, Ct);
        await products.SaveAsync(new ProductProjection().Fold(story.Delete().Events)!, new ProductProjection().Fold([story[1]]), Ct);

        var item = (await db.GetItemAsync(table, new() { ["stream"] = new(story.Stream.ToString()) }, Ct)).Item;

        Assert.Equal(["at", "stream", "version"], item.Keys.Order());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task An_item_that_cannot_be_read_says_so_and_can_be_overwritten(string? document)
    {
        var (db, table, products) = await CreateAsync();
        var (broken, good) = (new Story(1), new Story(2));
        await products.SaveAsync(new ProductProjection().Fold(good.Events)!, null, Ct);
        var item = new Dictionary<string, AttributeValue> { ["stream"] = new(broken.Stream.ToString()), ["version"] = new() { N = "1" } };
        if (document is not null) (item["doc"], item["at"]) = (new(document), new() { N = "0" });
        await db.PutItemAsync(table, item, Ct);

        var found = await products.LoadAsync([broken.Stream, good.Stream], Ct);

        Assert.Equal((1L, true), (found[broken.Stream].Version, found[broken.Stream].Fault is not null));
        Assert.Null(found[good.Stream].Fault);
        Assert.True(await products.SaveAsync(new ProductProjection().Fold(broken.Events)!, found[broken.Stream], Ct));
    }

    protected override async Task<(IReadModel<ProductDocument> Items, IProductCatalogue Lists, IReadModel<ReviewRating> Ratings)> OpenAsync()
    {
        var (db, table, products) = await CreateAsync();
        return (products, products, new DynamoReadModel<ReviewRating>(db, table, ShopReadModels.Ratings));
    }

    private async Task<(Amazon.DynamoDBv2.IAmazonDynamoDB Db, string Table, DynamoProducts<ProductDocument> Products)> CreateAsync()
    {
        var db = await dynamo.OpenAsync(Ct);
        var table = await dynamo.CreateAsync(ShopTopology.ProductsV1, Ct);
        var checkpoints = await dynamo.CreateAsync(ShopTopology.Checkpoints, Ct);
        return (db, table, new DynamoProducts<ProductDocument>(db, table, ShopReadModels.ProductDocuments, new KnownCategories(db, checkpoints, "products-v1", TimeProvider.System)));
    }
}
