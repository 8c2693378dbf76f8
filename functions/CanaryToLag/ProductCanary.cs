using ServerlessCqrs.Functions.Canary;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.CanaryToLag;

/// <summary>The canary creates a product once, and then changes its description.</summary>
public static class ProductCanary
{
    public static CanaryStream Stream { get; } = new(
        CanaryProduct.Stream,
        CanaryProduct.Seller,
        new CreateProduct("Canary", "Not written yet.", "canary", new Money(1, "USD"), Quantity: 0, "NOWHERE", new Dictionary<string, string>(), []),
        now => new ReviseProductDetails(Name: null, Description: $"Written at {now:O}.", Category: null, Specifications: null));
}
