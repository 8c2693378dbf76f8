using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>The wishes of clients. There are few products, so that clients collide.</summary>
public sealed class Wishes(ulong seed, Dice dice)
{
    private static readonly Dictionary<string, string> Nothing = [];
    private static readonly NewImage[] NoImages = [];

    public static IReadOnlyList<Actor> Sellers { get; } = [new("seller-0", ShopRoles.Seller), new("seller-1", ShopRoles.Seller)];

    /// <summary>Their subjects look like those of identity providers.</summary>
    public static IReadOnlyList<Actor> Customers { get; } =
    [
        new("auth0|5f7c8ec7c33c6c004bbafe82", ShopRoles.Customer),
        new("google-oauth2|103547991597142817347", ShopRoles.Customer),
        new("samlp|shop|Zo\u00EB M\u00FCller+50%@example.com", ShopRoles.Customer),
    ];

    public static Actor Operator { get; } = new("operator", Actor.Operator);

    // A deleted product is of no further use in a story. Some worlds delete many.
    private readonly double _deletes = dice.Roll("wish.deletes") < 0.3 ? 1 : 0.1;

    // In some worlds all clients use two products.
    private readonly int _products = 2 + (2 * dice.Roll("wish.products", 2));

    // With a large stock, some order so much that it looks suspicious.
    private readonly bool _isPlenty = dice.Roll("wish.plenty") < 0.3;

    // In some worlds the products have long texts.
    private readonly bool _isLarge = dice.Roll("wish.large") < 0.15;

    private readonly LargeProducts _large = new(seed, dice);

    private readonly List<(Guid Id, Actor Customer)> _orders = [];

    public Guid ProductOf(int number) => Mix.Uuid(seed, (ulong)number + 1);

    public Guid AnyProduct() => ProductOf(dice.Roll("wish.product", _products));

    /// <summary>Returns a seller's wish, mostly about their own product, sometimes about another seller's.</summary>
    /// <param name="most">The maximum bytes of texts in one command.</param>
    public Wish OfSeller(int seller, int most = LargeProducts.InBody)
    {
        var number = (2 * dice.Roll("wish.own", _products / 2)) + (dice.Roll("wish.others") < 0.05 ? 1 - seller : seller);
        var stream = ProductStreams.IdOf(ProductOf(number));
        var roll = dice.Roll("wish.seller");
        if (roll is >= 0.84 and < 0.91) return OfWhoJudges(stream);
        var create = new CreateProduct($"{AnyName()} {number}", "A thing.", AnyCategory(), new Money(100, "USD"), _isPlenty ? 300 : 10, "WH", Nothing, NoImages);
        if (_isLarge && dice.Roll("wish.how-large") < 0.8) return new Wish(stream, _large.Any(create, most));
        ICommand command = roll switch
        {
            < 0.12 => create,
            < 0.60 => new UpdateProductPrice(new Money(40 + dice.Roll("wish.price", 100), "USD")),
            < 0.78 => new AdjustInventory(Nonzero(dice.Roll("wish.delta", 15) - 8), "counted"),
            < 0.84 => new ReviseProductDetails($"{AnyName()} {number}.{dice.Roll("wish.name", 5)}", null, dice.Roll("wish.moves") < 0.5 ? AnyCategory() : null, null),
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
        return dice.Roll("wish.customer") switch
        {
            < 0.04 => new Wish(ProductStreams.IdOf(product), new UpdateProductPrice(new Money(1, "USD"))),
            < 0.19 => OrderOf(customer, [.. new[] { product, AnyProduct() }.Distinct()]),
            < 0.23 => new Wish(OrderOf(dice.Roll("wish.cancels-others") < 0.1 ? null : customer, "wish.order"), new CancelOrder("changed")),
            < 0.38 => ReviewOf(customer, product),
            < 0.41 => new Wish(CustomerStreams.IdOf(customer.Id), new RegisterUser(EmailOf(customer), NameOf(customer))),
            < 0.412 => new Wish(CustomerStreams.IdOf(customer.Id), new DeactivateUser("enough")),
            < 0.80 => new Wish(WatchStreams.IdOf(product, customer.Id), new WatchPrice(product, customer.Id, EmailOf(customer))),
            _ => new Wish(WatchStreams.IdOf(product, customer.Id), new UnwatchPrice(product, customer.Id)),
        };
    }

    /// <summary>
    /// Returns an operator's wish about held and other orders, and sometimes about an unknown person.
    /// </summary>
    public Wish OfOperator() => dice.Roll("wish.of-nobody") < 0.1 ? new(CustomerStreams.IdOf($"auth0|nobody-{dice.Roll("wish.nobody", 3)}"), new DeactivateUser("strange")) : new(AnyOrder(), dice.Roll("wish.operator") < 0.6 ? new ApproveOrder() : new RejectOrder("strange"));

    /// <summary>Returns an order of a product that does not exist. It waits until its time is over.</summary>
    public Wish OfNothing(Actor customer) => OrderOf(customer, [Mix.Uuid(seed, 900), AnyProduct()]);

    private Wish OrderOf(Actor customer, IReadOnlyList<Guid> products)
    {
        // Some use the id of an existing order.
        if (dice.Roll("wish.order-again") > 0.05) _orders.Add((Mix.Uuid(seed, 1_000 + (ulong)_orders.Count), customer));
        return new Wish(_orders.Count == 0 ? AnyOrder() : OrderStreams.IdOf(_orders[^1].Id), new CreateOrder([.. products.Select(product => new OrderLine(product, Pieces()))], EmailOf(customer)));
    }

    private Wish ReviewOf(Actor customer, Guid product) => new(ReviewStreams.IdOf(product, customer.Id), new SubmitReview(
        product,
        customer.Id,
        1 + dice.Roll("wish.stars", 5),
        FakePersonalData.Seal(customer.Id, "It is"),
        FakePersonalData.Seal(customer.Id, "A thing.")));

    private Wish OfWhoJudges(StreamId product)
    {
        var review = ReviewStreams.IdOf(Guid.Parse(product.Key), Customers[dice.Roll("wish.reviewer", Customers.Count)].Id);
        return new Wish(review, dice.Roll("wish.judges") < 0.8 ? new ApproveReview() : new RejectReview("rude"));
    }

    private string AnyName() => Names.All[dice.Roll("wish.called-so", Names.All.Count)];

    private string AnyCategory() => Names.Categories[dice.Roll("wish.category", Names.Categories.Count)];

    private int Pieces() => _isPlenty && dice.Roll("wish.many") < 0.3 ? 60 : 1 + dice.Roll("wish.pieces", 4);

    private StreamId AnyOrder() => OrderOf(customer: null, "wish.order");

    /// <summary>Returns an order of one customer or of all, or one that nobody placed if there is none.</summary>
    /// <param name="place">Where the dice roll.</param>
    public StreamId OrderOf(Actor? customer, string place)
    {
        var orders = _orders.Where(order => customer is null || order.Customer == customer).ToList();
        return OrderStreams.IdOf(orders.Count == 0 ? Guid.AllBitsSet : orders[dice.Roll(place, orders.Count)].Id);
    }

    private Sealed? NameOf(Actor customer) => dice.Roll("wish.nameless") < 0.5 ? null : FakePersonalData.Seal(customer.Id, $"Customer {dice.Roll("wish.called", 3)}");

    private static Sealed EmailOf(Actor customer) => FakePersonalData.Seal(customer.Id, SimIdentity.EmailOf(customer));

    private static int Nonzero(int value) => value == 0 ? 1 : value;
}
