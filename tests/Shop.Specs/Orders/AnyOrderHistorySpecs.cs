using CsCheck;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Specs.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Orders.Basket;

namespace ServerlessCqrs.Shop.Specs.Orders;

/// <summary>Random commands of random actors: an order ends once, and its sums are right.</summary>
public class AnyOrderHistorySpecs
{
    private static readonly Gen<Actor> GenActor = Gen.Frequency((10, Gen.Const(OrderProcess.Itself)), (3, Gen.Const(Eve)), (1, Gen.Const(Mallory)), (3, Gen.Const(Olga)), (1, Gen.Const(Backpack.Ada)));

    private static readonly Gen<Money> GenPrice = Gen.Frequency((8, Gen.Int[1, 400_000].Select(cents => Backpack.Usd(cents / 100m))), (1, Gen.Const(new Money(3, "EUR"))));

    private static readonly Gen<IOrderCommand> GenCommand = Gen.Frequency<IOrderCommand>(
        (4, Gen.OneOf<IOrderCommand>(Gen.Const<IOrderCommand>(Create), Gen.Const<IOrderCommand>(Create with { Items = [Items[0]] }))),
        (6, GenPrice.Select(price => (IOrderCommand)(RecordBackpack with { UnitPrice = price }))),
        (6, GenPrice.Select(price => (IOrderCommand)(RecordLamp with { UnitPrice = price }))),
        (1, Gen.Const<IOrderCommand>(RecordLamp with { Quantity = 2 })),
        (1, Gen.OneOf<IOrderCommand>(Gen.Const<IOrderCommand>(new RecordDecline(Lamp, "insufficient_stock", "None left.")), Gen.Const<IOrderCommand>(new RecordDecline(Backpack.Id, "product_deleted", "Gone.")))),
        (1, Gen.Const<IOrderCommand>(new ExpireOrder())),
        (1, Gen.Const<IOrderCommand>(new RefuseOrder("user_deactivated", "The customer was deactivated."))),
        (2, Gen.Const<IOrderCommand>(Cancel)),
        (3, Gen.Const<IOrderCommand>(new ApproveOrder())),
        (2, Gen.Const<IOrderCommand>(new RejectOrder("nobody needs that many"))));

    private static readonly Gen<(IOrderCommand Command, Actor By)[]> GenLife = Gen.Select(GenCommand, GenActor).Array[1, 60];

    [Fact]
    public void Whatever_is_asked_of_an_order_its_rules_hold()
    {
        var happened = new HashSet<Type>();
        for (var seed = 1; seed <= 500; seed++)
        {
            GenLife.Sample(asked =>
            {
                var told = new Life();
                told.Ask(Create, Eve, DateTimeOffset.UnixEpoch);
                foreach (var (command, by) in asked) told.Ask(command, by, DateTimeOffset.UnixEpoch);
                happened.UnionWith(told.End().Select(@event => @event.GetType()));
            }, seed: $"{seed:d13}", iter: 1, threads: 1);
        }

        Assert.Equal(ShopContracts.Events.NewestTypes.Where(type => type.IsAssignableTo(typeof(IOrderEvent))).ToHashSet(), happened);
    }

    private sealed class Life() : Telling(ItsStream)
    {
        private readonly List<OrderItemReserved> _reserved = [];

        protected override void CheckActor(object state, ICommand command, Actor by)
        {
            Assert.Equal(command switch { IProcessCommand => Actor.Process, ApproveOrder or RejectOrder => Actor.Operator, _ => ShopRoles.Customer }, by.Role);
            if (by.Role == ShopRoles.Customer && state is OrderState.Known order) Assert.Equal(order.Customer, by.Id);
        }

        protected override void CheckStep(object before, IEvent @event, object after)
        {
            switch (@event)
            {
                case OrderItemReserved reserved:
                    Assert.DoesNotContain(_reserved, earlier => earlier.ProductId == reserved.ProductId);
                    _reserved.Add(reserved);
                    break;
                case OrderHeld held:
                    CheckSums(held.Lines, held.Subtotal, held.Discount, held.Total);
                    break;
                case OrderConfirmed confirmed:
                    CheckSums(confirmed.Lines, confirmed.Subtotal, confirmed.Discount, confirmed.Total);
                    Assert.True(confirmed.Total.Amount <= 5_000 || before is OrderState.Held);
                    break;
                case OrderRejected rejected:
                    Assert.True(before is OrderState.Pending or OrderState.Held);
                    Assert.DoesNotContain(_reserved, line => line.ProductId == rejected.Declined);
                    break;
                case OrderCancelled cancelled:
                    Assert.Equal(before is OrderState.Confirmed, cancelled.WasConfirmed);
                    break;
            }

            // Only the customer can still cancel a confirmed order. Rejected and cancelled orders never change.
            Assert.False(before is OrderState.Rejected or OrderState.Cancelled);
            if (before is OrderState.Confirmed) Assert.IsType<OrderState.Cancelled>(after);
        }

        private void CheckSums(IReadOnlyList<OrderedLine> lines, Money subtotal, Money discount, Money total)
        {
            Assert.Equal(Items.Select(item => item.ProductId), lines.Select(line => line.ProductId));
            Assert.All(lines, line => Assert.Contains(new OrderItemReserved(line.ProductId, line.Quantity, line.UnitPrice, line.Seller), _reserved));
            Assert.Equal(lines.Sum(line => line.Quantity * line.UnitPrice.Amount), subtotal.Amount);
            Assert.Equal(subtotal.Amount, discount.Amount + total.Amount);
            Assert.Single(lines.Select(line => line.UnitPrice).Concat([subtotal, discount, total]).Select(money => money.Currency).Distinct());
        }
    }
}
