using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>Projects events to an order, version 1, and to the totals of its customer.</summary>
public sealed class OrderProjection : IProjection<OrderDocument>
{
    internal const string Orders = "orders";
    internal const string Confirmed = "confirmed";
    internal const string Spent = "spent ";

    public string Category => OrderStreams.Category;

    public ShapeVersion Shape => new(1, "CWfqLuuk9Z0");

    public JsonTypeInfo<OrderDocument> Json => OrderJson.Default.OrderDocument;

    public OrderDocument Apply(OrderDocument? document, EventRecord e) => (document, e.Event) switch
    {
        (null, OrderCreated created) => Create(created, e),
        (not null, IOrderEvent change) => Change(document, change) with { Version = e.Version, UpdatedAt = e.At },
        _ => throw new InvalidOperationException($"{e.Type} at version {e.Version} cannot happen to {(document is null ? "no order" : "an order")}."),
    };

    public Contribution Adds(OrderDocument document)
    {
        var sums = new Dictionary<string, decimal> { [Orders] = 1 };
        if (document is { Total: { } total, Currency: { } currency }) (sums[Confirmed], sums[Spent + currency]) = document.Status == OrderStatus.Confirmed ? (1, total) : (0, 0);
        return new Contribution(CustomerStreams.IdOf(document.Customer), sums, TimeKey.Of(document.CreatedAt, document.Id));
    }

    private static OrderDocument Create(OrderCreated created, EventRecord e) => new(
        Id: Guid.Parse(e.Stream.Key),
        created.Customer,
        OrderStatus.Pending,
        [.. created.Items.Select(item => new OrderDocumentItem(item.ProductId, item.Quantity, UnitPrice: null, Seller: null))],
        Subtotal: null,
        Discount: null,
        Total: null,
        Currency: null,
        Code: null,
        Reason: null,
        e.Version,
        CreatedAt: e.At,
        UpdatedAt: e.At);

    private static OrderDocument Change(OrderDocument order, IOrderEvent change) => change switch
    {
        OrderItemReserved reserved => order with { Items = [.. order.Items.Select(item => item.ProductId == reserved.ProductId ? item with { UnitPrice = reserved.UnitPrice.Amount, Seller = reserved.Seller } : item)] },
        OrderItemDeclined => order,
        OrderHeld held => Priced(order, held.Subtotal, held.Discount, held.Total) with { Status = OrderStatus.Held, Reason = held.Reason },
        OrderConfirmed confirmed => Priced(order, confirmed.Subtotal, confirmed.Discount, confirmed.Total) with { Status = OrderStatus.Confirmed, Reason = null },
        OrderRejected rejected => order with { Status = OrderStatus.Rejected, Code = rejected.Code, Reason = rejected.Reason },
        OrderCancelled cancelled => order with { Status = OrderStatus.Cancelled, Reason = cancelled.Reason },
        _ => throw new InvalidOperationException($"{change.GetType().Name} does not change an order."),
    };

    private static OrderDocument Priced(OrderDocument order, Money subtotal, Money discount, Money total) =>
        order with { Subtotal = subtotal.Amount, Discount = discount.Amount, Total = total.Amount, Currency = total.Currency };
}
