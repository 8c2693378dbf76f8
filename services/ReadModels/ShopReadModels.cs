using ServerlessCqrs.ReadModels.Products;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels;

/// <summary>The shop's read models, each declared here once, and nowhere else but with its tables in the topology. Who adds one, or a second version beside the first, adds a line.</summary>
public static class ShopReadModels
{
    public const string ProductsV1 = "products-v1";

    public static ReadModelCatalogue Over(ReadModelStores stores, StreamReader reader) => new(
        new ReadModel(ProductsV1, new ReadModelFollower<ProductDocument>(stores.Products, new ProductProjection(), reader)));
}
