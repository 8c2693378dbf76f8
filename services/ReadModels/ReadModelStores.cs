using ServerlessCqrs.ReadModels.Products;

namespace ServerlessCqrs.ReadModels;

/// <summary>Where the items of every read model lie, in whatever kind of store.</summary>
public sealed record ReadModelStores(IReadModel<ProductDocument> Products);
