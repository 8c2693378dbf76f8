using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.ReadModels.Specs.Products;

public sealed class InMemoryProductsSpecs : ProductsSpecs
{
    protected override Task<(IReadModel<ProductDocument> Items, IProductCatalogue Lists, IReadModel<ReviewRating> Ratings)> OpenAsync()
    {
        var products = new InMemoryProducts();
        return Task.FromResult<(IReadModel<ProductDocument>, IProductCatalogue, IReadModel<ReviewRating>)>((products, products, products.Ratings));
    }
}
