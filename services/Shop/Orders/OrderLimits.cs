using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Orders.OrderRefusals;
using static ServerlessCqrs.Streams.Texts;
using static ServerlessCqrs.Streams.Violation;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>The limits of order commands, independent of the order's state.</summary>
public static class OrderLimits
{
    public const int MaxItems = 20;
    public const int MaxQuantity = 999;
    public const int MaxReason = 500;

    /// <summary>
    /// How long an order waits for its products. They normally answer within two seconds. The queue that checks later
    /// delays its messages by the same time (see the topology), and SQS allows at most 15 minutes.
    /// </summary>
    public static readonly TimeSpan ReservationWindow = TimeSpan.FromMinutes(5);

    /// <summary>Returns every limit that the command breaks.</summary>
    public static IEnumerable<Violation> Check(IOrderCommand command) => command switch
    {
        CreateOrder create => [.. Items(create.Items), .. create.Email?.Check("email", EmailInvalid, CustomerLimits.MaxSealedEmail) ?? []],
        CancelOrder cancel => Reason(cancel.Reason),
        RejectOrder reject => Reason(reject.Reason),
        _ => throw new InvalidOperationException($"There are no limits for {command.GetType()}."),
    };

    private static IEnumerable<Violation> Items(IReadOnlyList<OrderLine> items)
    {
        if (items.Count is 0 or > MaxItems) return [new Violation("items", ItemsOutOfRange, $"An order has 1 to {MaxItems} items.")];
        return items.SelectMany((item, i) => item is null
            ? [new Violation($"items[{i}]", ItemInvalid, "An item has a productId and a quantity.")]
            : Unless(item.ProductId != Guid.Empty, $"items[{i}].productId", ProductIdMissing, "A product's id is a UUID that is not all zeros.")
                .Concat(Unless(item.Quantity is >= 1 and <= MaxQuantity, $"items[{i}].quantity", QuantityOutOfRange, $"A quantity is 1 to {MaxQuantity}."))
                .Concat(Unless(items.Take(i).All(earlier => earlier?.ProductId != item.ProductId), $"items[{i}].productId", ProductRepeated, "A product stands in an order once.")));
    }

    private static IEnumerable<Violation> Reason(string reason) => Unless(IsLine(reason, 1, MaxReason), "reason", ReasonInvalid, $"A reason is one line of 1 to {MaxReason} characters. {Rule}");
}
