namespace ServerlessCqrs.Shop.Products;

/// <summary>What any product command must keep to, whatever the product's state.</summary>
public static class ProductLimits
{
    public static IEnumerable<Violation> Check(IProductCommand command) => [];
}
