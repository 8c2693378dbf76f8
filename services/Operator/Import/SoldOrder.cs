using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;

namespace ServerlessCqrs.Operator.Import;

/// <summary>An order to place. It says nothing of prices: its products do, when they reserve. Its mails go to the address that its customer has registered.</summary>
public sealed record SoldOrder(
    Guid Id,
    string Customer,
    IReadOnlyList<OrderLine> Items)
{
    public CommandRecord ToRecord(DateTimeOffset at) => ImportedCommand.Of(OrderStreams.IdOf(Id), Command, new Actor(Customer, Actor.Customer), at);

    internal CreateOrder Command => new(Items, Email: null);

    /// <summary>The order of an entry, or why there is none: <c>id</c>, <c>customer</c> and <c>items</c> (a list of <c>productId</c> and <c>quantity</c>) are needed; other fields are left out.</summary>
    public static (SoldOrder? Order, string? Fault) Map(FileEntry entry)
    {
        if (entry.Fault is not null) return (null, entry.Fault);
        if (entry.Lacks("id", "customer") is { } missing) return (null, $"it has no {missing}.");
        if (!Guid.TryParse(entry.Fields["id"], out var id)) return (null, $"its id '{entry.Fields["id"]}' is no UUID.");
        if (!Subject.IsValid(entry.Fields["customer"]!)) return (null, $"its customer must be {Subject.Rule}.");
        List<OrderLine> items = [];
        foreach (var item in entry.Lists.GetValueOrDefault("items") ?? [])
        {
            if (!Guid.TryParse(item.GetValueOrDefault("productId"), out var product)) return (null, "an item's productId is no UUID.");
            if (!int.TryParse(item.GetValueOrDefault("quantity"), out var quantity)) return (null, "an item's quantity is no whole number.");
            items.Add(new OrderLine(product, quantity));
        }

        var order = new SoldOrder(id, entry.Fields["customer"]!, items);
        var violations = order.Command.Check().Select(violation => $"{violation.Field}: {violation.Message}").ToList();
        return violations.Count > 0 ? (null, string.Join(" ", violations)) : (order, null);
    }
}
