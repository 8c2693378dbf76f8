using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Specs.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Orders;

/// <summary>
/// The order of the specs: Eve orders two of Ada's backpacks for 100 USD and one of Bob's lamps for 30 USD.
/// </summary>
internal static class Basket
{
    public static readonly Guid Lamp = new("2e852905-c6f4-47db-802c-654013571922");

    public static readonly StreamId ItsStream = OrderStreams.IdOf(Order);

    public static readonly Actor Eve = new("auth0|eve", ShopRoles.Customer);

    public static readonly Actor Mallory = new("mallory", ShopRoles.Customer);

    public static readonly Actor Olga = new("olga", Actor.Operator);

    public static readonly Sealed Home = new(Eve.Id, "aG9tZQ");

    public static readonly IReadOnlyList<OrderLine> Items = [new(Backpack.Id, 2), new(Lamp, 1)];

    public static readonly CreateOrder Create = new(Items, Home);

    public static readonly OrderCreated Created = new(Eve.Id, Items, Home, ReserveBy);

    public static readonly RecordReservation RecordBackpack = new(Backpack.Id, 2, Usd(100), Ada.Id);

    public static readonly RecordReservation RecordLamp = new(Lamp, 1, Usd(30), OtherSeller.Id);

    public static readonly OrderItemReserved BackpackReserved = new(Backpack.Id, 2, Usd(100), Ada.Id);

    public static readonly OrderItemReserved LampReserved = new(Lamp, 1, Usd(30), OtherSeller.Id);

    public static readonly IReadOnlyList<OrderedLine> Lines = [new(Backpack.Id, 2, Usd(100), Ada.Id), new(Lamp, 1, Usd(30), OtherSeller.Id)];

    public static readonly OrderConfirmed Confirmed = new(Eve.Id, Lines, Usd(230), Usd(0), Usd(230));

    public static readonly OrderHeld Held = new(Lines, Usd(230), Usd(0), Usd(230), "It looks wrong.");

    public static readonly CancelOrder Cancel = new("ordered twice");

    public static readonly OrderCancelled Cancelled = new(Eve.Id, Items, "ordered twice", WasConfirmed: false, ReserveBy);

    public static readonly OrderRejected TimedOut = new(Eve.Id, Items, Declined: null, "timed_out", "The products did not answer in time.", ReserveBy);

    /// <summary>Its events up to each state.</summary>
    public static readonly IReadOnlyList<IEvent> Pending = [Created, LampReserved];

    public static readonly IReadOnlyList<IEvent> OnHold = [Created, BackpackReserved, LampReserved, Held];

    public static readonly IReadOnlyList<IEvent> Sold = [Created, BackpackReserved, LampReserved, Confirmed];

    public static readonly IReadOnlyList<IEvent> Ended = [Created, BackpackReserved, TimedOut];

    public static readonly IReadOnlyList<IEvent> CalledOff = [Created, BackpackReserved, Cancelled];

    public static Story Given(params IReadOnlyList<IEvent> history) => new(ItsStream, history);
}
