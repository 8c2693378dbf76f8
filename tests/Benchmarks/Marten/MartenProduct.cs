using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Benchmarks.Marten;

/// <summary>
/// The product document as a user of Marten would write it: an aggregate that applies its own events.
/// </summary>
public sealed class MartenProduct
{
    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string Category { get; set; } = "";

    public decimal Price { get; set; }

    public string Currency { get; set; } = "";

    public int Quantity { get; set; }

    public string Seller { get; set; } = "";

    public long Version { get; set; }

    public void Apply(ProductCreated created)
    {
        (Name, Description, Category, Seller) = (created.Name, created.Description, created.Category, created.Seller);
        (Price, Currency, Quantity) = (created.Price.Amount, created.Price.Currency, created.Quantity);
    }

    public void Apply(ProductPriceUpdated updated) => Price = updated.New.Amount;
}
