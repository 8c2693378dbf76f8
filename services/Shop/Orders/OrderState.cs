using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>What decisions about an order need to know: it is the state of the process as well, in which the order asks its products.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(Pending), "pending")]
[JsonDerivedType(typeof(Held), "held")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
public abstract record OrderState
{
    private OrderState()
    {
    }

    /// <summary>No such order yet.</summary>
    public sealed record Unknown : OrderState;

    /// <summary>An order that there is.</summary>
    /// <param name="Created">Fingerprint of customer and items: tells a create that comes again from another one.</param>
    /// <param name="Customer">The subject of the one customer whose it is.</param>
    public abstract record Known(
        string Created,
        string Customer) : OrderState;

    /// <summary>An order that may still end another way, and must then give back what it took.</summary>
    public abstract record Open(
        string Created,
        string Customer,
        IReadOnlyList<OrderLine> Items,
        DateTimeOffset ReserveBy) : Known(Created, Customer);

    /// <summary>It waits for its products.</summary>
    /// <param name="Reserved">What they set aside so far, in the order of the items.</param>
    public sealed record Pending(
        string Created,
        string Customer,
        IReadOnlyList<OrderLine> Items,
        DateTimeOffset ReserveBy,
        IReadOnlyList<OrderedLine> Reserved) : Open(Created, Customer, Items, ReserveBy);

    /// <summary>It waits for an operator.</summary>
    public sealed record Held(
        string Created,
        string Customer,
        IReadOnlyList<OrderLine> Items,
        DateTimeOffset ReserveBy,
        IReadOnlyList<OrderedLine> Lines,
        Money Subtotal,
        Money Discount,
        Money Total) : Open(Created, Customer, Items, ReserveBy);

    /// <summary>It is sold.</summary>
    public sealed record Confirmed(
        string Created,
        string Customer,
        IReadOnlyList<OrderLine> Items,
        DateTimeOffset ReserveBy) : Open(Created, Customer, Items, ReserveBy);

    /// <summary>It ended without a sale.</summary>
    public sealed record Rejected(
        string Created,
        string Customer) : Known(Created, Customer);

    /// <summary>Its customer ended it.</summary>
    /// <param name="WasConfirmed">It was sold by then: what it took comes back as a return.</param>
    public sealed record Cancelled(
        string Created,
        string Customer,
        bool WasConfirmed) : Known(Created, Customer);

    internal static string FingerprintOf(string customer, IReadOnlyList<OrderLine> items) => Fingerprint.Of(
    [
        customer,
        .. items.SelectMany(item => new[] { item.ProductId.ToString(), item.Quantity.ToString(CultureInfo.InvariantCulture) }),
    ]);
}
