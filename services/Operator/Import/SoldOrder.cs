using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>An order to place. It says nothing of prices: its products do, when they reserve. Its mails go to the address that its customer has registered.</summary>
public sealed record SoldOrder(
    Guid Id,
    string Customer,
    IReadOnlyList<OrderLine> Items)
{
    public CommandRecord ToRecord(DateTimeOffset at) => ImportedCommand.Of(OrderStreams.IdOf(Id), Command, new Actor(Customer, ShopRoles.Customer), at);

    internal CreateOrder Command => new(Items, Email: null);

    /// <summary>Fields of sales files for which a new order has no place.</summary>
    public static readonly IReadOnlyList<string> LeftOut = ["placedAt"];

    private static readonly string[] Known = ["id", "customer", "items", .. LeftOut];

    /// <summary>
    /// The order of an entry, or its first fault: <c>id</c>, <c>customer</c> and <c>items</c> (a list of <c>productId</c> and <c>quantity</c>) are required. The fields in <see cref="LeftOut"/> are allowed and not imported; any
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

    /// <summary>The line of <c>items[1].quantity</c> is that of the item's quantity.</summary>
    private static long LineOf(Violation violation, EntryFields fields, IReadOnlyList<EntryFields> lines) =>
        violation.Field.Split('[', ']', '.') is ["items", var index, "", var field] && int.TryParse(index, CultureInfo.InvariantCulture, out var item) && item < lines.Count
            ? lines[item].LineOf(field)
            : fields.LineOf("items");
}
