using ServerlessCqrs.ReadModels.Dynamo;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Products;

public sealed class DynamoProductsV1Specs(DynamoFixture dynamo) : ProductsSpecs
{
    [Fact]
    public async Task A_tombstone_holds_no_more_than_its_version_and_time()
    {
        var (db, table, products) = await CreateAsync();
        var story = new Story(1);
        await products.SaveAsync(new ProductProjection().Fold(story.Events)!, 0, Ct);
        await products.SaveAsync(new ProductProjection().Fold(story.Delete().Events)!, 1, Ct);

        var item = (await db.GetItemAsync(table, new() { ["stream"] = new(story.Stream.ToString()) }, Ct)).Item;

        Assert.Equal(["at", "stream", "version"], item.Keys.Order());
    }

    protected override async Task<(IReadModel<ProductDocument> Items, IProductCatalogue Lists, IReadModelVersions Versions)> OpenAsync()
    {
        var (db, table, products) = await CreateAsync();
        return (products, products, new DynamoVersions(db, table));
    }

    private async Task<(Amazon.DynamoDBv2.IAmazonDynamoDB Db, string Table, DynamoProductsV1 Products)> CreateAsync()
    {
        var db = await dynamo.OpenAsync(Ct);
        var table = await dynamo.CreateAsync(ShopTopology.ProductsV1, Ct);
        var checkpoints = await dynamo.CreateAsync(ShopTopology.Checkpoints, Ct);
        return (db, table, new DynamoProductsV1(db, table, new KnownCategories(db, checkpoints, "products-v1", TimeProvider.System)));
    }
}
