using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// An order to place. It has no prices: the products set them when they reserve. Mails go to the customer's registered
/// address.
/// </summary>
public sealed record SoldOrder(
    Guid Id,
    string Customer,
    IReadOnlyList<OrderLine> Items)
{
    public CommandRecord ToRecord(DateTimeOffset at) => ImportedCommand.Of(OrderStreams.IdOf(Id), Command, new Actor(Customer, ShopRoles.Customer), at);

    internal CreateOrder Command => new(Items, Email: null);

    /// <summary>Fields of sales files that a new order does not have.</summary>
    public static readonly IReadOnlyList<string> LeftOut = ["placedAt"];

    private static readonly string[] Known = ["id", "customer", "items", .. LeftOut];

    /// <summary>
    /// Returns the order of an entry, or its first fault. <c>id</c>, <c>customer</c> and <c>items</c> (a list of
    /// <c>productId</c> and <c>quantity</c>) are required. The mapping ignores the fields in <see cref="LeftOut"/>; any
    /// other field is a fault.
    /// </summary>
    public static (SoldOrder? Order, BrokenEntry? Fault) Map(FileEntry entry)
    {
        var fields = new EntryFields(entry, Known);
        var (id, customer) = (fields.Id("id"), fields.Text("customer"));
        if (!Subject.IsValid(customer)) fields.Fail("customer", $"its customer must be {Subject.Rule}.");
        var lines = fields.List("items", "productId", "quantity");
        var order = new SoldOrder(id, customer, [.. lines.Select(line => new OrderLine(line.Id("productId"), line.Whole("quantity")))]);
        if (fields.Fault is { } fault) return (null, fault);
        var violations = order.Command.Check().ToList();
        return violations.Count > 0
            ? (null, new BrokenEntry(LineOf(violations[0], fields, lines), string.Join(" ", violations.Select(violation => $"{violation.Field}: {violation.Message}"))))
            : (order, null);
    }

    /// <summary>The line of a violation: that of <c>items[1].quantity</c> is the line of the item's quantity.</summary>
    private static long LineOf(Violation violation, EntryFields fields, IReadOnlyList<EntryFields> lines) =>
        violation.Field.Split('[', ']', '.') is ["items", var index, "", var field] && int.TryParse(index, CultureInfo.InvariantCulture, out var item) && item < lines.Count
            ? lines[item].LineOf(field)
            : fields.LineOf("items");
}
