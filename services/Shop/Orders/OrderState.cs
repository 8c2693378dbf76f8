using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>
/// The state for decisions about an order. It is also the state of the process in which the order asks its products.
/// </summary>
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

    /// <summary>The order does not exist yet.</summary>
    public sealed record Unknown : OrderState;

    /// <summary>An existing order.</summary>
    /// <param name="Created">The fingerprint of customer and items, which recognizes a repeated create.</param>
    /// <param name="Customer">The subject of the customer who ordered.</param>
    public abstract record Known(
        string Created,
        string Customer) : OrderState;

    /// <summary>An order that may still end, and must then release its pieces.</summary>
    public abstract record Open(
        string Created,
        string Customer,
        IReadOnlyList<OrderLine> Items,
        DateTimeOffset ReserveBy) : Known(Created, Customer);

    /// <summary>The order waits for its products.</summary>
    /// <param name="Reserved">The pieces reserved so far, in the order of the items.</param>
    public sealed record Pending(
        string Created,
        string Customer,
        IReadOnlyList<OrderLine> Items,
        DateTimeOffset ReserveBy,
        IReadOnlyList<OrderedLine> Reserved) : Open(Created, Customer, Items, ReserveBy);

    /// <summary>The order waits for an operator.</summary>
    public sealed record Held(
        string Created,
        string Customer,
        IReadOnlyList<OrderLine> Items,
        DateTimeOffset ReserveBy,
        IReadOnlyList<OrderedLine> Lines,
        Money Subtotal,
        Money Discount,
        Money Total) : Open(Created, Customer, Items, ReserveBy);

    /// <summary>The order is sold.</summary>
    public sealed record Confirmed(
        string Created,
        string Customer,
        IReadOnlyList<OrderLine> Items,
        DateTimeOffset ReserveBy) : Open(Created, Customer, Items, ReserveBy);

    /// <summary>The order ended without a sale.</summary>
    public sealed record Rejected(
        string Created,
        string Customer) : Known(Created, Customer);

    /// <summary>The customer cancelled the order.</summary>
    /// <param name="WasConfirmed">True if it was sold: then its pieces come back as a return.</param>
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
