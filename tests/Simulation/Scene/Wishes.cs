using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>What clients wish for: few products, so that they meet.</summary>
public sealed class Wishes(ulong seed, Dice dice)
{
    private static readonly Dictionary<string, string> Nothing = [];
    private static readonly NewImage[] NoImages = [];

    public static IReadOnlyList<Actor> Sellers { get; } = [new("seller-0", Actor.Seller), new("seller-1", Actor.Seller)];

    public static IReadOnlyList<Actor> Customers { get; } = [new("customer-0", Actor.Customer), new("customer-1", Actor.Customer), new("customer-2", Actor.Customer)];

    // A deleted product ends a story's part; in some worlds many do.
    private readonly double _deletes = dice.Roll("wish.deletes") < 0.3 ? 1 : 0.1;

    // In some worlds all meet at two products.
    private readonly int _products = 2 + (2 * dice.Roll("wish.products", 2));

    public Guid ProductOf(int number) => Mix.Uuid(seed, (ulong)number + 1);

    public Guid AnyProduct() => ProductOf(dice.Roll("wish.product", _products));

    /// <summary>Something a seller wants: mostly of a product of theirs, at times of another's.</summary>
    public Wish OfSeller(int seller)
    {
        var number = (2 * dice.Roll("wish.own", _products / 2)) + (dice.Roll("wish.others") < 0.05 ? 1 - seller : seller);
        var stream = ProductStreams.IdOf(ProductOf(number));
        var roll = dice.Roll("wish.seller");
        ICommand command = roll switch
        {
            < 0.12 => new CreateProduct($"Thing {number}", "A thing.", "things", new Money(100, "USD"), 10, "WH", Nothing, NoImages),
            < 0.60 => new UpdateProductPrice(new Money(40 + dice.Roll("wish.price", 100), "USD")),
            < 0.78 => new AdjustInventory(Nonzero(dice.Roll("wish.delta", 15) - 8), "counted"),
            < 0.88 => new ReviseProductDetails($"Thing {number}.{dice.Roll("wish.name", 5)}", null, null, null),
            < 0.93 => new AddProductImage(Mix.Uuid(seed, 100 + (ulong)dice.Roll("wish.image", 4)), "https://example.com/i.png", "It"),
            < 0.97 => new RemoveProductImage(Mix.Uuid(seed, 100 + (ulong)dice.Roll("wish.image", 4))),
            < 0.985 => new UpdateProductPrice(new Money(-1, "USD")),
            _ => dice.Roll("wish.delete") < _deletes ? new DeleteProduct("gone") : new UpdateProductPrice(new Money(100, "EUR")),
        };
        return new Wish(stream, command);
    }

    public Wish OfCustomer(Actor customer)
    {
        var product = AnyProduct();
        var roll = dice.Roll("wish.customer");
        if (roll < 0.05) return new Wish(ProductStreams.IdOf(product), new UpdateProductPrice(new Money(1, "USD")));
        return new Wish(WatchStreams.IdOf(product, customer.Id), roll < 0.75
            ? new WatchPrice(product, customer.Id, FakePersonalData.Seal(customer.Id, SimIdentity.EmailOf(customer)))
            : new UnwatchPrice(product, customer.Id));
    }

    private static int Nonzero(int value) => value == 0 ? 1 : value;
}
