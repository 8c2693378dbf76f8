using CsCheck;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Specs.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Orders;

/// <summary>
/// Orders, products and the process between them, like on the write path. Each command id is decided once, and a
/// stream's time never decreases. Events and commands arrive late, twice and in any order. Nothing may be oversold, and
/// at rest no pieces may be lost.
/// </summary>
public class AnySaleSpecs
{
    private static readonly Gen<(int[] Stock, int[] Dice)> GenSale = Gen.Select(Gen.Int[0, 12].Array[1, 4], Gen.Int[0, int.MaxValue - 1].Array[50, 1_500]);

    [Trait("Guarantee", "orders: late, repeated and reordered messages never oversell or leak stock")]
    [Fact]
    public void Doubled_delayed_cancelled_and_expired_orders_never_oversell_or_leak()
    {
        var happened = new HashSet<string>();
        for (var seed = 1; seed <= 250; seed++)
        {
            GenSale.Sample(sale =>
            {
                var market = new Market(sale.Stock, new Dice(sale.Dice));
                market.Run();
                market.CheckAtRest();
                happened.UnionWith(market.Happened);
            }, seed: $"{seed:d13}", iter: 1, threads: 1);
        }

        Assert.Superset(
            ShopContracts.Events.NewestTypes.Where(type => type.IsAssignableTo(typeof(IOrderEvent)) || type.Namespace!.EndsWith("Products", StringComparison.Ordinal) && (type.Name.Contains("Stock") || type.Name.Contains("Reserv"))).Select(type => type.Name).ToHashSet(),
            happened);
    }

    /// <summary>The rolls of the generator. After the last one, it always returns the first.</summary>
    private sealed class Dice(int[] rolls)
    {
        private int _next;

        public bool IsSpent => _next >= rolls.Length;

        public int Roll(int sides) => IsSpent ? 0 : rolls[_next++] % sides;
    }

    private sealed class Stream(StreamId id)
    {
        public IDecider Decider { get; } = ShopDomain.Instance.DeciderOf(id)!;

        public object State { get; set; } = ShopDomain.Instance.DeciderOf(id)!.Initial;

        public DateTimeOffset LastAt { get; set; }

        public HashSet<Guid> Decided { get; } = [];

        public List<IEvent> Events { get; } = [];
    }

    private sealed class Market
    {
        /// <summary>Longer than an order waits for its products.</summary>
        private static readonly TimeSpan Outage = 2 * OrderLimits.ReservationWindow;

        private static readonly Actor[] Customers = [new("eve", ShopRoles.Customer), new("fay", ShopRoles.Customer)];
        private static readonly Actor Ada = new("ada", ShopRoles.Seller);
        private static readonly Actor Olga = new("olga", Actor.Operator);

        private readonly Dictionary<StreamId, Stream> _streams = [];
        private readonly List<Action> _underWay = [];
        private readonly List<(Guid Id, Actor Customer)> _orders = [];
        private readonly int[] _stock;
        private readonly Guid[] _products;
        private readonly Dice _dice;
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
        private int _drawn;

        public Market(int[] stock, Dice dice)
        {
            (_stock, _dice) = (stock, dice);
            _products = [.. stock.Select(_ => NewId())];
            for (var i = 0; i < stock.Length; i++)
                Decide(NewId(), ProductStreams.IdOf(_products[i]), Backpack.Create with { Quantity = stock[i], Price = new Money(10 * (i + 1), i == 3 ? "EUR" : "USD") }, Ada, _now);
        }

        public IEnumerable<string> Happened => _streams.Values.SelectMany(stream => stream.Events).Select(@event => @event.GetType().Name).Distinct();

        public void Run()
        {
            while (!_dice.IsSpent)
            {
                _now += _dice.Roll(100) == 0 ? Outage : TimeSpan.FromSeconds(_dice.Roll(4));
                if (_underWay.Count > 0 && _dice.Roll(5) > 0) Deliver(_dice.Roll(_underWay.Count), isDoubled: _dice.Roll(6) == 0);
                else Act(_dice.Roll(24));
            }

            while (_underWay.Count > 0) Deliver(0, isDoubled: false);
        }

        public void CheckAtRest()
        {
            foreach (var (id, _) in _orders) CheckOrder(id);
            foreach (var product in _products) CheckProduct(product);
        }

        private void Deliver(int which, bool isDoubled)
        {
            var deliver = _underWay[which];
            if (!isDoubled) _underWay.RemoveAt(which);
            deliver();
        }

        /// <summary>Performs a random action.</summary>
        private void Act(int what)
        {
            var product = ProductStreams.IdOf(_products[_dice.Roll(_products.Length)]);
            if (what < 12 || _orders.Count == 0)
            {
                var order = (Id: NewId(), Customer: Customers[_dice.Roll(2)]);
                _orders.Add(order);
                var items = _products.Where((_, i) => i == 0 || _dice.Roll(3) == 0).Select(id => new OrderLine(id, 1 + _dice.Roll(_dice.Roll(8) == 0 ? 60 : 4))).ToList();
                Send(NewId(), OrderStreams.IdOf(order.Id), new CreateOrder(items, Email: null), order.Customer, _now);
                return;
            }

            var (about, customer) = _orders[_dice.Roll(_orders.Count)];
            var stream = OrderStreams.IdOf(about);
            switch (what)
            {
                case < 15:
                    Send(NewId(), stream, new CancelOrder("changed my mind"), customer, _now);
                    break;
                case < 17:
                    Send(NewId(), stream, new ApproveOrder(), Olga, _now);
                    break;
                case < 18:
                    Send(NewId(), stream, new RejectOrder("nobody needs that many"), Olga, _now);
                    break;
                case < 19:
                    Send(NewId(), stream, new RefuseOrder(CustomerRefusals.UserDeactivated, "The customer was deactivated."), OrderProcess.Itself, _now);
                    break;
                case < 21:
                    Send(NewId(), product, new UpdateProductPrice(new Money(60 + _dice.Roll(40), "USD")), Ada, _now);
                    break;
                case < 23:
                    Send(NewId(), product, new AdjustInventory(_dice.Roll(120) - 10 is var delta && delta == 0 ? 1 : delta, "counted"), Ada, _now);
                    break;
                default:
                    if (_dice.Roll(6) == 0) Send(NewId(), product, new DeleteProduct("sold out for good"), Ada, _now);
                    break;
            }
        }

        private void Send(Guid id, StreamId stream, ICommand command, Actor by, DateTimeOffset at) => _underWay.Add(() => Decide(id, stream, command, by, at));

        private void Decide(Guid id, StreamId on, ICommand command, Actor by, DateTimeOffset at)
        {
            if (!_streams.TryGetValue(on, out var stream)) _streams.Add(on, stream = new Stream(on));
            if (!stream.Decided.Add(id)) return;
            // Uses the time of the decision, not of the command: a command that waits during an outage is decided after
            // it.
            foreach (var bound in (DateTimeOffset[])[_now, at]) stream.LastAt = bound > stream.LastAt ? bound : stream.LastAt;
            var decision = stream.Decider.Decide(stream.State, command, new CommandContext(on, by, stream.LastAt));
            if (by == OrderProcess.Itself && decision is Decision.Refused refused) Assert.Equal((nameof(RefuseOrder), "order_not_found"), (command.GetType().Name, refused.Code));
            if (decision is not Decision.Accepted accepted) return;
            for (var i = 0; i < accepted.Events.Count; i++) Happen(on, stream, accepted.Events[i], NameBasedUuid.Of(id, $"{i}"), stream.LastAt);
        }

        private void Happen(StreamId on, Stream stream, IEvent @event, Guid id, DateTimeOffset at)
        {
            stream.State = stream.Decider.Evolve(stream.State, @event);
            stream.Events.Add(@event);
            if (stream.State is ProductState.OnSale product) Assert.True(product.Quantity >= 0);
            var followers = ShopContracts.Events.NameOf(@event).Tags;
            if (followers.Contains(EventTags.Process))
            {
                _underWay.Add(() =>
                {
                    foreach (var (target, command) in OrderProcess.React(on, @event)) Answer(id, target, command, at);
                });
            }

            // The function for timeouts may check at any time: late, and also early.
            if (followers.Contains(EventTags.Timeout))
            {
                _underWay.Add(() =>
                {
                    foreach (var (target, command) in OrderProcess.Overdue(on, (OrderState)stream.State)) Answer(id, target, command, ((OrderCreated)@event).ReserveBy);
                });
            }
        }

        private void Answer(Guid eventId, StreamId target, ICommand command, DateTimeOffset at) =>
            Send(NameBasedUuid.Of(eventId, $"{target}\n{command.GetType().Name}"), target, command, OrderProcess.Itself, at);

        private void CheckOrder(Guid id)
        {
            var order = _streams[OrderStreams.IdOf(id)];
            Assert.IsNotType<OrderState.Pending>(order.State);
            var ends = order.Events.Count(@event => @event is OrderRejected or OrderConfirmed or OrderCancelled { WasConfirmed: false });
            Assert.Equal(order.State is OrderState.Held ? 0 : 1, ends);
            foreach (var (product, quantity) in order.Events.OfType<OrderCreated>().Single().Items)
            {
                var answers = _streams[ProductStreams.IdOf(product)].Events.Where(@event => @event is StockReserved reserved && reserved.OrderId == id || @event is StockReservationDeclined declined && declined.OrderId == id).ToList();
                if (order.State is OrderState.Held or OrderState.Confirmed) Assert.Equal(quantity, Assert.IsType<StockReserved>(Assert.Single(answers)).Quantity);
                if (order.Events.OfType<OrderConfirmed>().SingleOrDefault() is not { } confirmed) continue;
                Assert.Equal(((StockReserved)answers[0]).UnitPrice, confirmed.Lines.Single(line => line.ProductId == product).UnitPrice);
                var review = Assert.IsType<ReviewState.Unwritten>(_streams[ReviewStreams.IdOf(product, confirmed.Customer)].State);
                Assert.Equal(order.State is OrderState.Confirmed, review.Bought.Contains(id));
            }
        }

        private void CheckProduct(Guid id)
        {
            var product = _streams[ProductStreams.IdOf(id)];
            if (product.State is not ProductState.OnSale onSale) return;
            Assert.Equal(Of<OrderState.Held>(id).OrderBy(one => one.Key), onSale.Reservations.OrderBy(one => one.Key));
            Assert.Equal(
                _stock[Array.IndexOf(_products, id)] + product.Events.OfType<InventoryAdjusted>().Sum(adjusted => adjusted.Delta),
                onSale.Quantity + Of<OrderState.Held>(id).Values.Sum() + Of<OrderState.Confirmed>(id).Values.Sum());
        }

        /// <summary>Returns the pieces of the product that the orders in that state have.</summary>
        private Dictionary<Guid, int> Of<TState>(Guid product)
            where TState : OrderState => _orders
            .Where(order => _streams[OrderStreams.IdOf(order.Id)].State is TState)
            .SelectMany(order => _streams[OrderStreams.IdOf(order.Id)].Events.OfType<OrderCreated>().Single().Items.Where(item => item.ProductId == product).Select(item => (order.Id, item.Quantity)))
            .ToDictionary(line => line.Id, line => line.Quantity);

        private Guid NewId() => new(++_drawn, 2, 0, new byte[8]);
    }
}
