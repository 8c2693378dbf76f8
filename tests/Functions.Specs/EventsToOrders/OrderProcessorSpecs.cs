using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Functions.Specs.EventsToOrders.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Specs.EventsToOrders;

public sealed class OrderProcessorSpecs
{
    private readonly Market _market = new();

    [Fact]
    public async Task An_order_is_confirmed_once_its_products_have_set_its_pieces_aside()
    {
        var (bag, lamp) = (await _market.ProductAsync(stock: 5), await _market.ProductAsync(stock: 1, price: 30));
        var order = await _market.OrderAsync(new(bag, 2), new(lamp, 1));

        await _market.SettleAsync();

        Assert.IsType<OrderState.Confirmed>(await _market.StateAsync<OrderState>(order));
        Assert.Equal((3, 0), (await StockAsync(bag), await StockAsync(lamp)));
        Assert.Empty((await _market.StateAsync<ProductState.OnSale>(ProductStreams.IdOf(bag))).Reservations);
        Assert.Single((await _market.StateAsync<ReviewState.Unwritten>(ReviewStreams.IdOf(lamp, "eve"))).Bought);
    }

    [Fact]
    public async Task An_order_of_which_one_product_is_short_leaves_nothing_set_aside()
    {
        var (bag, lamp, mug) = (await _market.ProductAsync(stock: 5), await _market.ProductAsync(stock: 0), await _market.ProductAsync(stock: 5));
        var order = await _market.OrderAsync(new(bag, 2), new(lamp, 1), new(mug, 1));

        await _market.SettleAsync();

        Assert.IsType<OrderState.Rejected>(await _market.StateAsync<OrderState>(order));
        Assert.Equal("insufficient_stock", ((OrderRejected)_market.The<OrderRejected>(order).Event).Code);
        foreach (var product in (Guid[])[bag, mug])
        {
            Assert.Equal(5, await StockAsync(product));
            Assert.Empty((await _market.StateAsync<ProductState.OnSale>(ProductStreams.IdOf(product))).Reservations);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Order_whose_window_passed_during_an_outage_is_rejected_and_takes_nothing(bool expires)
    {
        var (bag, lamp) = (await _market.ProductAsync(stock: 5), await _market.ProductAsync(stock: 5));
        var order = await _market.OrderAsync(new(bag, 2), new(lamp, 1));
        _market.Clock.Advance(OrderLimits.ReservationWindow + TimeSpan.FromMinutes(10));

        if (expires) Assert.True(await _market.LookAfterAsync(_market.The<OrderCreated>(order)));
        await _market.SettleAsync();

        Assert.IsType<OrderState.Rejected>(await _market.StateAsync<OrderState>(order));
        Assert.Equal(expires ? "timed_out" : "reservation_too_late", ((OrderRejected)_market.The<OrderRejected>(order).Event).Code);
        foreach (var product in (Guid[])[bag, lamp])
        {
            Assert.Equal(5, await StockAsync(product));
            Assert.Empty((await _market.StateAsync<ProductState.OnSale>(ProductStreams.IdOf(product))).Reservations);
        }
    }

    [Fact]
    public async Task Order_is_confirmed_at_the_time_of_its_confirmation_and_not_of_its_request()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var order = await _market.OrderAsync(new OrderLine(bag, 2));
        _market.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = _market.Clock.GetUtcNow();

        await _market.SettleAsync();

        Assert.InRange(_market.The<OrderConfirmed>(order).At, before, _market.Clock.GetUtcNow());
    }

    [Fact]
    public async Task An_order_that_is_cancelled_gives_its_pieces_back_once_however_often_that_is_told()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var order = await _market.OrderAsync(new OrderLine(bag, 2));
        await _market.SettleAsync();
        for (var i = 0; i < 10; i++) await _market.CancelAsync(order);

        for (var i = 0; i < 3; i++) await _market.SettleAsync();

        Assert.Equal(5, await StockAsync(bag));
        Assert.Empty((await _market.StateAsync<ReviewState.Unwritten>(ReviewStreams.IdOf(bag, "eve"))).Bought);
    }

    [Fact]
    public async Task A_held_order_keeps_its_pieces_until_an_operator_decides()
    {
        var bag = await _market.ProductAsync(stock: 200);
        var (first, second) = (await _market.OrderAsync(new OrderLine(bag, 60)), await _market.OrderAsync(new OrderLine(bag, 60)));
        await _market.SettleAsync();
        Assert.IsType<OrderState.Held>(await _market.StateAsync<OrderState>(first));
        Assert.Equal(80, await StockAsync(bag));

        await _market.DoAsync(first, new ApproveOrder(), Market.Operator);
        await _market.DoAsync(second, new RejectOrder("Nobody needs that many."), Market.Operator);
        await _market.SettleAsync();

        Assert.Equal(140, await StockAsync(bag));
        Assert.Empty((await _market.StateAsync<ProductState.OnSale>(ProductStreams.IdOf(bag))).Reservations);
    }

    [Fact]
    public async Task Answer_is_the_same_command_on_every_delivery_with_cause_and_order()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var order = await _market.OrderAsync(new OrderLine(bag, 2));
        var created = _market.The<OrderCreated>(order);

        await _market.TellAsync(created);
        _market.Clock.Advance(TimeSpan.FromMinutes(1));
        await _market.TellAsync(created);

        Assert.Equal(2, _market.Sent.Count);
        Assert.Equal(_market.Sent[0], _market.Sent[1]);
        var ask = _market.Sent[0];
        Assert.Equal((ProductStreams.IdOf(bag), created.At, OrderProcess.Itself, order.ToString(), created.EventId), (ask.Stream, ask.At, ask.Actor, ask.CorrelationId, ask.CausationId));

        await _market.DecideAsync();
        await _market.TellAsync(_market.The<StockReserved>(ProductStreams.IdOf(bag)));
        Assert.Equal((order, order.ToString()), (_market.Sent[^1].Stream, _market.Sent[^1].CorrelationId));
    }

    [Fact]
    public async Task The_answers_of_a_batch_are_put_at_once()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var orders = new List<StreamId>();
        for (var i = 0; i < 20; i++) orders.Add(await _market.OrderAsync(new OrderLine(bag, 1)));

        await _market.TellAsync([.. orders.Select(_market.The<OrderCreated>)]);

        Assert.Equal((1, 20), (_market.Puts, _market.Sent.Count));
    }

    [Fact]
    public async Task Shuffled_doubled_and_split_events_sell_no_item_twice_and_lose_none()
    {
        var random = new Random(7);
        var products = new List<Guid>();
        for (var i = 0; i < 3; i++) products.Add(await _market.ProductAsync(stock: 20));
        var orders = new List<StreamId>();
        List<EventRecord> told = [];
        for (var round = 0; round < 60; round++)
        {
            if (round < 30) orders.Add(await _market.OrderAsync([.. products.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(product => new OrderLine(product, random.Next(1, 4)))]));
            if (round % 7 == 6) await _market.CancelAsync(orders[random.Next(orders.Count)]);
            var some = _market.Published.Except(told).Concat(told.Where(_ => random.Next(10) == 0)).Where(_ => random.Next(3) > 0).ToArray();
            random.Shuffle(some);
            foreach (var message in some.Chunk(random.Next(1, 8))) Assert.True(await _market.TellAsync(message));
            told = [.. told.Union(some)];
            if (random.Next(3) > 0) await _market.DecideAsync();
        }

        await _market.SettleAsync();

        var ends = new Dictionary<StreamId, OrderState>();
        foreach (var order in orders) ends[order] = await _market.StateAsync<OrderState>(order);
        Assert.All(ends.Values, end => Assert.True(end is OrderState.Confirmed or OrderState.Rejected or OrderState.Cancelled));
        Assert.Contains(ends.Values, end => end is OrderState.Confirmed);
        Assert.Contains(ends.Values, end => end is OrderState.Rejected);
        foreach (var product in products)
        {
            var sold = ends.Values.OfType<OrderState.Confirmed>().SelectMany(order => order.Items).Where(item => item.ProductId == product).Sum(item => item.Quantity);
            Assert.Equal(20 - sold, await StockAsync(product));
            Assert.Empty((await _market.StateAsync<ProductState.OnSale>(ProductStreams.IdOf(product))).Reservations);
        }
    }

    [Fact]
    public async Task Late_reservation_of_a_product_that_forgot_the_orders_end_returns_at_once()
    {
        var bag = _market.NewId();
        var order = await _market.OrderAsync(new OrderLine(bag, 2));
        await _market.CancelAsync(order);
        await _market.TellAsync(_market.The<OrderCancelled>(order));
        await _market.DecideAsync();
        await _market.DoAsync(ProductStreams.IdOf(bag), new CreateProduct("Bag", "", "things", new Money(100, "USD"), 5, "WH_001", new Dictionary<string, string>(), []), Market.Seller);
        await _market.TellAsync(_market.The<OrderCreated>(order));
        await _market.DecideAsync();
        Assert.Equal(3, await StockAsync(bag));

        await _market.SettleAsync();

        Assert.Equal(5, await StockAsync(bag));
        Assert.Empty((await _market.StateAsync<ProductState.OnSale>(ProductStreams.IdOf(bag))).Reservations);
    }

    [Fact]
    public async Task Cancelled_order_returns_once_though_its_reservation_is_repeated_first()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var order = await _market.OrderAsync(new OrderLine(bag, 2));
        await _market.TellAsync(_market.The<OrderCreated>(order));
        await _market.DecideAsync();
        var reserved = _market.The<StockReserved>(ProductStreams.IdOf(bag));
        await _market.TellAsync(reserved);
        await _market.DecideAsync();
        await _market.CancelAsync(order);
        await _market.TellAsync(reserved);

        await _market.SettleAsync();

        Assert.Equal(5, await StockAsync(bag));
    }

    [Fact]
    public async Task Repeated_return_of_stock_acts_once_whatever_the_ring_has_forgotten()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var order = await _market.OrderAsync(new OrderLine(bag, 2));
        await _market.SettleAsync();
        await _market.CancelAsync(order);
        await _market.SettleAsync();
        for (var i = 0; i < 40; i++) await _market.DoAsync(ProductStreams.IdOf(bag), new AdjustInventory(1, "delivered"), Market.Seller);

        Assert.True(await _market.TellAsync(_market.The<OrderCancelled>(order)));
        await _market.DecideAsync();

        Assert.Equal(45, await StockAsync(bag));
    }

    [Fact]
    public async Task An_order_of_a_customer_who_was_deactivated_is_rejected_and_no_product_is_asked()
    {
        var bag = await _market.ProductAsync(stock: 5);
        await _market.DeactivateAsync(Market.Customer);
        var order = await _market.OrderAsync(new OrderLine(bag, 2));

        await _market.SettleAsync();

        Assert.Equal((CustomerRefusals.UserDeactivated, 5), (((OrderRejected)_market.The<OrderRejected>(order).Event).Code, await StockAsync(bag)));
        Assert.DoesNotContain(_market.Sent, command => command.Command is ReserveStock);
    }

    [Fact]
    public async Task Deactivation_is_folded_from_the_log_if_the_tip_has_another_shape()
    {
        var bag = await _market.ProductAsync(stock: 5);
        await _market.DeactivateAsync(Market.Customer);
        var stream = CustomerStreams.IdOf(Market.Customer.Id);
        var tip = (await _market.Tips.LoadAsync([stream], default))[stream];
        Assert.True(await _market.Tips.CommitAsync(tip with { StateShape = 99, State = "{}" }, tip, default));
        var order = await _market.OrderAsync(new OrderLine(bag, 2));

        await _market.SettleAsync();

        Assert.Equal(CustomerRefusals.UserDeactivated, ((OrderRejected)_market.The<OrderRejected>(order).Event).Code);
    }

    [Fact]
    public async Task Hint_gets_the_answers_to_all_events_of_its_stream_and_none_acts_twice()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var order = await _market.OrderAsync(new OrderLine(bag, 2));

        // No event was delivered, as if the queue had lost them all.
        await HintAsync(order);
        await _market.DecideAsync();
        await HintAsync(ProductStreams.IdOf(bag));
        await _market.DecideAsync();
        await HintAsync(order);
        await _market.DecideAsync();
        await HintAsync(order, ProductStreams.IdOf(bag));
        await _market.DecideAsync();

        Assert.IsType<OrderState.Confirmed>(await _market.StateAsync<OrderState>(order));
        Assert.Equal((3, 3), (await StockAsync(bag), (await _market.HistoryAsync(order)).Count));
    }

    [Fact]
    public async Task What_it_has_no_answer_to_is_let_be()
    {
        var bag = await _market.ProductAsync(stock: 5);
        await _market.DoAsync(ProductStreams.IdOf(bag), new UpdateProductPrice(new Money(90, "USD")), Market.Seller);
        await _market.DoAsync(ReviewStreams.IdOf(bag, "eve"), new RecordPurchase(bag, "eve", "ada", _market.NewId()), OrderProcess.Itself);

        Assert.True(await _market.TellAsync([.. _market.Published]));
        await HintAsync(ReviewStreams.IdOf(bag, "eve"));

        Assert.Equal(0, _market.Puts);
    }

    [Fact]
    public async Task Answers_that_are_not_acknowledged_are_put_again()
    {
        var order = await _market.OrderAsync(new OrderLine(await _market.ProductAsync(stock: 5), 2));
        _market.Failure = new IOException("Kinesis is unavailable.");
        Assert.False(await _market.TellAsync(_market.The<OrderCreated>(order)));

        _market.Failure = null;
        await _market.SettleAsync();

        Assert.IsType<OrderState.Confirmed>(await _market.StateAsync<OrderState>(order));
    }

    [Fact]
    public async Task A_stream_with_an_event_that_this_code_does_not_know_ends_as_a_dead_letter_alone()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var (known, unknown) = (await _market.OrderAsync(new OrderLine(bag, 1)), await _market.OrderAsync(new OrderLine(bag, 1)));
        var body = EventMessage.Write([_market.The<OrderCreated>(known), _market.The<OrderCreated>(unknown) with { TypeVersion = 99 }], []);

        Assert.False(await _market.TellAsync(body, receives: 4));
        Assert.True(await _market.TellAsync(body, receives: 5));
        await _market.DecideAsync();

        Assert.Equal(unknown, Assert.Single(_market.Letters.Put).Stream);
        Assert.Equal(4, await StockAsync(bag));
    }

    [Fact]
    public async Task A_hint_to_a_damaged_stream_fails_alone()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var (whole, damaged) = (await _market.OrderAsync(new OrderLine(bag, 1)), await _market.OrderAsync(new OrderLine(bag, 1)));
        var tip = (await _market.Tips.LoadAsync([damaged], default))[damaged];
        var later = tip.Newest with { Events = [tip.Newest.Events[0] with { Version = 3 }] };
        Assert.True(await _market.Tips.CommitAsync(tip with { Version = 3, Newest = later }, tip, default));
        var body = EventMessage.Write([], [new StreamHint(damaged, 3), new StreamHint(whole, 1)]);

        Assert.True(await _market.TellAsync(body, receives: 5));
        await _market.DecideAsync();

        Assert.Equal(damaged, Assert.Single(_market.Letters.Put).Stream);
        Assert.Equal(4, await StockAsync(bag));
    }

    private async Task HintAsync(params StreamId[] streams) => Assert.True(await _market.TellAsync(EventMessage.Write([], [.. streams.Select(stream => new StreamHint(stream, 1))])));

    private async Task<int> StockAsync(Guid product) => (await _market.StateAsync<ProductState.OnSale>(ProductStreams.IdOf(product))).Quantity;
}
