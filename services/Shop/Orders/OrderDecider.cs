using ServerlessCqrs.Shop.Orders.Policies;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Orders.OrderRefusals;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>
/// Decides and evolves orders. An order's state is also the state of the process in which its products reserve pieces.
/// The last answer of a product ends the process in the same decision. A repeated command on the resulting state
/// produces no events. What is recorded after the end changes nothing.
/// </summary>
public sealed class OrderDecider(IDiscountRule discountRule, IFraudRule fraudRule) : Decider<OrderState, IOrderCommand, IOrderEvent>(
    OrderStreams.Category,
    stateShape: new(2, "_dcxUeE3hwk"),
    initial: new OrderState.Unknown(),
    ShopJson.Default.OrderState)
{
    public override bool Creates(ICommand command) => command is CreateOrder;

    public override Decision Decide(OrderState state, IOrderCommand command, CommandContext context)
    {
        if (RoleRefusal(command, context.By) is { } refusal) return refusal;
        return (state, command) switch
        {
            (_, CreateOrder create) => Create(state, create, context),
            (OrderState.Known order, CancelOrder cancel) => order.Customer == context.By.Id ? Cancel(order, cancel) : Decision.Refuse(NotYourOrder, "The order belongs to another customer."),
            (OrderState.Known order, ApproveOrder) => Approve(order),
            (OrderState.Known order, RejectOrder reject) => TurnDown(order, reject),
            (OrderState.Pending order, RecordReservation reservation) => Reserve(order, reservation),
            (OrderState.Pending order, RecordDecline decline) => Decline(order, decline),
            (OrderState.Pending order, ExpireOrder) => Decision.Accept(Rejected(order, TimedOut, "The products did not answer in time.")),
            (OrderState.Open order and not OrderState.Confirmed, RefuseOrder refuse) => Decision.Accept(Rejected(order, refuse.Code, refuse.Reason)),
            (OrderState.Known, IProcessCommand) => Decision.Unchanged,
            (OrderState.Unknown, _) => Decision.Refuse(OrderNotFound, "There is no such order."),
            _ => throw new InvalidOperationException($"An order does not know {command.GetType()}."),
        };
    }

    private static Decision? RoleRefusal(IOrderCommand command, Actor by) => command switch
    {
        CreateOrder or CancelOrder when by.Role != ShopRoles.Customer => Decision.Refuse(NotACustomer, "Only customers can order."),
        ApproveOrder or RejectOrder when by.Role != Actor.Operator => Decision.Refuse(NotAnOperator, "Only operators can decide on held orders."),
        _ => null,
    };

    private static Decision Create(OrderState state, CreateOrder command, CommandContext context)
    {
        if (!OrderStreams.TryParse(context.Stream, out _)) return Decision.Refuse(CommonRefusals.WrongStream, $"'{context.Stream}' is not the stream of an order.");
        if (command.Email is { } email && email.Person != context.By.Id) return Decision.Refuse(EmailInvalid, "The address must be sealed with the customer's own key.");
        // The same order was already placed. Its later changes, and a new address in the token, do not matter.
        if (state is OrderState.Known order)
            return order.Created == OrderState.FingerprintOf(context.By.Id, command.Items) ? Decision.Unchanged : Decision.Refuse(OrderExists, "Another order has this id.");
        return Decision.Accept(new OrderCreated(context.By.Id, command.Items, command.Email, context.At + OrderLimits.ReservationWindow));
    }

    private static Decision Cancel(OrderState.Known order, CancelOrder command) => order switch
    {
        OrderState.Open open => Decision.Accept(new OrderCancelled(open.Customer, open.Items, command.Reason, WasConfirmed: open is OrderState.Confirmed, open.ReserveBy)),
        OrderState.Cancelled => Decision.Unchanged,
        _ => Decision.Refuse(OrderIsRejected, "The order was rejected."),
    };

    private static Decision Approve(OrderState.Known order) => order switch
    {
        OrderState.Held held => Decision.Accept(new OrderConfirmed(held.Customer, held.Lines, held.Subtotal, held.Discount, held.Total)),
        OrderState.Confirmed => Decision.Unchanged,
        OrderState.Rejected => Decision.Refuse(OrderIsRejected, "The order was rejected."),
        _ => NotHeld(order),
    };

    private static Decision TurnDown(OrderState.Known order, RejectOrder command) => order switch
    {
        OrderState.Held held => Decision.Accept(Rejected(held, TurnedDown, command.Reason)),
        OrderState.Rejected => Decision.Unchanged,
        OrderState.Confirmed => Decision.Refuse(OrderIsConfirmed, "The order was confirmed."),
        _ => NotHeld(order),
    };

    private static Decision NotHeld(OrderState.Known order) => order is OrderState.Cancelled
        ? Decision.Refuse(OrderIsCancelled, "The order was cancelled.")
        : Decision.Refuse(OrderNotHeld, "The order is not held.");

    private Decision Reserve(OrderState.Pending order, RecordReservation command)
    {
        if (!order.Items.Contains(new OrderLine(command.ProductId, command.Quantity))) return Decision.Refuse(NotInTheOrder, "The order has no such item.");
        if (IsReserved(order, command.ProductId)) return Decision.Unchanged;
        var reserved = new OrderItemReserved(command.ProductId, command.Quantity, command.UnitPrice, command.Seller);
        var lines = With(order, reserved);
        if (lines.Any(line => line.UnitPrice.Currency != command.UnitPrice.Currency))
            return Decision.Accept(reserved, Rejected(order, CurrenciesMixed, "All items of an order must be sold in one currency."));
        return lines.Count < order.Items.Count ? Decision.Accept(reserved) : Decision.Accept(reserved, Complete(order.Customer, lines));
    }

    /// <summary>Returns the event for an order whose items are all reserved.</summary>
    private IOrderEvent Complete(string customer, IReadOnlyList<OrderedLine> lines)
    {
        var subtotal = new Money(lines.Sum(line => line.UnitPrice.Amount * line.Quantity), lines[0].UnitPrice.Currency);
        var discount = subtotal with { Amount = discountRule.AmountOff(customer, lines, subtotal) };
        if (discount.Amount < 0 || discount.Amount > subtotal.Amount || decimal.Round(discount.Amount, 2) != discount.Amount)
            throw new InvalidOperationException($"{discountRule.GetType().Name} takes {discount} off {subtotal}.");
        var total = subtotal with { Amount = subtotal.Amount - discount.Amount };
        return fraudRule.Suspicion(customer, lines, total) is { } suspicion
            ? new OrderHeld(lines, subtotal, discount, total, suspicion)
            : new OrderConfirmed(customer, lines, subtotal, discount, total);
    }

    private static Decision Decline(OrderState.Pending order, RecordDecline command)
    {
        if (order.Items.All(item => item.ProductId != command.ProductId)) return Decision.Refuse(NotInTheOrder, "The order has no such item.");
        return IsReserved(order, command.ProductId)
            ? Decision.Unchanged
            : Decision.Accept(
                new OrderItemDeclined(command.ProductId, command.Code, command.Reason),
                Rejected(order, command.Code, command.Reason) with { Declined = command.ProductId });
    }

    private static OrderRejected Rejected(OrderState.Open order, string code, string reason) => new(order.Customer, order.Items, Declined: null, code, reason, order.ReserveBy);

    private static bool IsReserved(OrderState.Pending order, Guid productId) => order.Reserved.Any(line => line.ProductId == productId);

    /// <summary>Returns the lines in the order of the items, whichever product answered first.</summary>
    private static List<OrderedLine> With(OrderState.Pending order, OrderItemReserved reserved)
    {
        var lines = order.Reserved.Append(new OrderedLine(reserved.ProductId, reserved.Quantity, reserved.UnitPrice, reserved.Seller)).ToDictionary(line => line.ProductId);
        return [.. order.Items.Where(item => lines.ContainsKey(item.ProductId)).Select(item => lines[item.ProductId])];
    }

    public override OrderState Evolve(OrderState state, IOrderEvent @event) => (state, @event) switch
    {
        (OrderState.Unknown, OrderCreated created) => new OrderState.Pending(OrderState.FingerprintOf(created.Customer, created.Items), created.Customer, created.Items, created.ReserveBy, Reserved: []),
        (OrderState.Pending order, OrderItemReserved reserved) => order with { Reserved = With(order, reserved) },
        // The rejection follows in the same commit.
        (OrderState.Pending, OrderItemDeclined) => state,
        (OrderState.Pending order, OrderHeld held) => new OrderState.Held(order.Created, order.Customer, order.Items, order.ReserveBy, held.Lines, held.Subtotal, held.Discount, held.Total),
        (OrderState.Open order and not OrderState.Confirmed, OrderConfirmed) => new OrderState.Confirmed(order.Created, order.Customer, order.Items, order.ReserveBy),
        (OrderState.Open order and not OrderState.Confirmed, OrderRejected) => new OrderState.Rejected(order.Created, order.Customer),
        (OrderState.Open order, OrderCancelled cancelled) => new OrderState.Cancelled(order.Created, order.Customer, cancelled.WasConfirmed),
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot happen to an order that is {state.GetType().Name}."),
    };
}
