using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Products;

/// <summary>
/// The product of the specs: a backpack for 100 USD, 15 in stock, with one image and one specification, sold by Ada.
/// </summary>
internal static class Backpack
{
    public static readonly Guid Id = new("6579c22f-be2b-444c-a52b-0116dd82df6c");

    public static readonly StreamId ItsStream = ProductStreams.IdOf(Id);

    public static readonly Actor Ada = new("ada", ShopRoles.Seller);

    public static readonly Actor OtherSeller = new("bob", ShopRoles.Seller);

    public static readonly Actor Customer = new("eve", ShopRoles.Customer);

    /// <summary>A customer with the same subject as the seller.</summary>
    public static readonly Actor AdaAsCustomer = new("ada", ShopRoles.Customer);

    public static readonly ProductImage Front = new(new Guid("00000000-0000-4000-8000-000000000001"), "https://images.example/front.jpg", "From the front");

    public static readonly ProductImage Back = new(new Guid("00000000-0000-4000-8000-000000000002"), "https://images.example/back.jpg", "From the back");

    public static readonly CreateProduct Create = new(
        "Expedition Backpack",
        "Durable, with black straps.",
        "accessories",
        Usd(100),
        15,
        "WH_001",
        new Dictionary<string, string> { ["volume"] = "40 l" },
        [new NewImage(Front.ImageId, Front.Url, Front.Alt)]);

    public static readonly ProductCreated Created = new(
        Ada.Id,
        Create.Name,
        Create.Description,
        Create.Category,
        Create.Price,
        Create.Quantity,
        Create.Warehouse,
        Create.Specifications,
        [Front]);

    public static readonly ProductDeleted Deleted = new("sold out for good", 15);

    /// <summary>
    /// One command of each type that changes an existing product. Each acts on <see cref="Created"/>.
    /// </summary>
    public static readonly IReadOnlyList<IProductCommand> Changes =
    [
        new UpdateProductPrice(Usd(80)),
        new ReviseProductDetails("Day Pack", null, null, new Dictionary<string, string?> { ["volume"] = null, ["weight"] = "900 g" }),
        new AdjustInventory(-3, "damaged"),
        new AddProductImage(Back.ImageId, Back.Url, Back.Alt),
        new RemoveProductImage(Front.ImageId),
        new DeleteProduct("sold out for good"),
    ];

    /// <summary>The order process, which alone sends the following commands.</summary>
    public static readonly Actor Process = OrderProcess.Itself;

    public static readonly Guid Order = new("0198c5a2-7c1e-7d43-9a55-1f7e1c0a9b52");

    public static readonly Guid AnotherOrder = new("0198c5a2-7c1e-7d43-9a55-1f7e1c0a9b53");

    public static readonly DateTimeOffset ReserveBy = DateTimeOffset.UnixEpoch + OrderLimits.ReservationWindow;

    public static readonly ReserveStock Reserve = new(Order, 2, ReserveBy);

    public static readonly ReleaseStock Release = new(Order, ReserveBy);

    public static readonly ReservationBarred Barred = new(Order, ReserveBy);

    public static readonly StockReservationDeclined TooLate = new(Order, "reservation_too_late", "The order waits for it no longer.");

    /// <summary>Reserved from the 15 pieces.</summary>
    public static StockReserved Reserved(int quantity) => new(Order, quantity, 15 - quantity, Usd(100), Ada.Id);

    public static Money Usd(decimal amount) => new(amount, "USD");

    public static Story Given(params IReadOnlyList<IEvent> history) => new(ItsStream, history);
}
