using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// A command on a <c>product-{uuid}</c> stream. Only sellers issue it, and after the creation only the product's own
/// seller. <see cref="IReservationCommand"/> is the exception.
/// </summary>
public interface IProductCommand : ICommand;

/// <summary>Puts a product on sale. The actor becomes its seller.</summary>
[WireName("CreateProduct", 1)]
public sealed record CreateProduct(
    string Name,
    string Description,
    string Category,
    Money Price,
    int Quantity,
    string Warehouse,
    IReadOnlyDictionary<string, string> Specifications,
    IReadOnlyList<NewImage> Images) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>An image to add. The issuer chooses its id, so that a retry adds the same image.</summary>
public sealed record NewImage(
    Guid ImageId,
    string Url,
    string Alt);

/// <summary>Sets the price, in the currency of the product's creation.</summary>
[WireName("UpdateProductPrice", 1)]
public sealed record UpdateProductPrice(Money Price) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>
/// Applies a merge patch (RFC 7396) to the descriptive fields. Null leaves a field unchanged. A specification set to
/// null is removed.
/// </summary>
[WireName("ReviseProductDetails", 1)]
public sealed record ReviseProductDetails(
    string? Name,
    string? Description,
    string? Category,
    IReadOnlyDictionary<string, string?>? Specifications) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>
/// Adds <paramref name="Delta"/> pieces to the stock, or removes them. The stock cannot become negative.
/// </summary>
[WireName("AdjustInventory", 1)]
public sealed record AdjustInventory(
    int Delta,
    string Reason) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>Adds one image at the end.</summary>
[WireName("AddProductImage", 1)]
public sealed record AddProductImage(
    Guid ImageId,
    string Url,
    string Alt) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

[WireName("RemoveProductImage", 1)]
public sealed record RemoveProductImage(Guid ImageId) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>Takes the product off sale permanently.</summary>
[WireName("DeleteProduct", 1)]
public sealed record DeleteProduct(string Reason) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}
