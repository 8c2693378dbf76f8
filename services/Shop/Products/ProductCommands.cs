using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>A command on a <c>product-{uuid}</c> stream. Only sellers issue one, and, after the creation, only the product's own; <see cref="IReservationCommand"/> apart.</summary>
public interface IProductCommand : ICommand;

/// <summary>Puts a product on sale; the actor becomes its seller.</summary>
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

/// <summary>An image to add: where it is and what it shows. Its id is chosen by whoever issues the command, so that a retry adds the same image.</summary>
public sealed record NewImage(
    Guid ImageId,
    string Url,
    string Alt);

/// <summary>Sets the price; the currency must be the one the product was created with.</summary>
[WireName("UpdateProductPrice", 1)]
public sealed record UpdateProductPrice(Money Price) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>A merge patch (RFC 7396) of the descriptive fields: null leaves a field as it is; a specification set to null is removed.</summary>
[WireName("ReviseProductDetails", 1)]
public sealed record ReviseProductDetails(
    string? Name,
    string? Description,
    string? Category,
    IReadOnlyDictionary<string, string?>? Specifications) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>Adds <paramref name="Delta"/> pieces to the stock, or takes them from it; never below zero.</summary>
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

/// <summary>Removes one image.</summary>
[WireName("RemoveProductImage", 1)]
public sealed record RemoveProductImage(Guid ImageId) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>Takes the product off sale for good.</summary>
[WireName("DeleteProduct", 1)]
public sealed record DeleteProduct(string Reason) : IProductCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}
