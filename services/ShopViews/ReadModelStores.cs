using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.ShopViews;

/// <summary>Where the items of every read model lie, in whatever kind of store.</summary>
public sealed record ReadModelStores(
    IReadModel<ProductDocument> Products,
    IReadModel<ReviewRating> Ratings,
    IReadModel<ProductDocumentV2> ProductsV2,
    IReadModel<ReviewRating> RatingsV2,
    IReadModel<ReviewDocument> Reviews,
    IReadModel<OrderDocument> Orders,
    IReadModel<SearchDocument> Search);
