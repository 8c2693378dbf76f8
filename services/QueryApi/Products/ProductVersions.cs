using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>One version of the products: where it lies, and how it comes from events.</summary>
/// <param name="Tag">What the entity tags of its documents end with; null for the first version's.</param>
public sealed record ProductVersion(
    string? Tag,
    IProductCatalogue Catalogue,
    Dependency Circuit,
    IPastProducts Past);

/// <summary>The versions of the products, and which of them answers a request: the one that operators have routed its bucket to, else the first.</summary>
public sealed class ProductVersions(
    IProductCatalogue catalogue,
    [FromKeyedServices(ShopReadModels.ProductsV2)] IProductCatalogue catalogueV2,
    CurrentRoutes routes,
    ReadModelCircuits circuits)
{
    private readonly ProductVersion _second = new(
        "v2", catalogueV2, circuits.ProductsV2, new PastProducts<ProductDocumentV2>(ShopReadModels.ProductsV2, new ProductProjectionV2(), item => item.AsProduct()));

    public ProductVersion First { get; } = new(
        Tag: null, catalogue, circuits.Products, new PastProducts<ProductDocument>(ShopReadModels.ProductsV1, new ProductProjection(), item => item));

    /// <summary>What answers now: routes may be two seconds old. One to a version that this code does not know answers nobody.</summary>
    public ValueTask<ProductVersion> OfAsync(HttpRequest request) => OfAsync(RequestBucket.Of(request));

    /// <summary>What answers whoever is in no bucket, and wherever it does not matter who asks.</summary>
    public ValueTask<ProductVersion> OfAnyoneAsync() => OfAsync(bucket: null);

    /// <summary>To be called before it is said that something is not there.</summary>
    /// <exception cref="DependencyAwayException">Nobody knows yet which version to ask.</exception>
    public void EnsureKnown()
    {
        if (!routes.AreKnown) throw new DependencyAwayException(circuits.Products.Name, null);
    }

    private async ValueTask<ProductVersion> OfAsync(int? bucket) => await routes.OfAsync(ShopReadModels.Products) is { Model: ShopReadModels.ProductsV2 } route && route.Takes(bucket) ? _second : First;
}
