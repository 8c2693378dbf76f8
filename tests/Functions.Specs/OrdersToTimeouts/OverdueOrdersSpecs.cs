using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Functions.Specs.EventsToOrders.Given;
using ServerlessCqrs.OrdersToTimeouts;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Functions.Specs.OrdersToTimeouts;

public sealed class OverdueOrdersSpecs
{
    private readonly Market _market = new();

    [Fact]
    public async Task Order_that_waits_too_long_ends_and_returns_what_it_reserved()
    {
        var bag = await _market.ProductAsync(stock: 5);
        var order = await _market.OrderAsync(new(bag, 2), new(_market.NewId(), 1));
        await _market.SettleAsync();
        Assert.IsType<OrderState.Pending>(await _market.StateAsync<OrderState>(order));
        _market.Clock.Advance(OrderLimits.ReservationWindow);

        Assert.True(await _market.LookAfterAsync(_market.The<OrderCreated>(order)));
        await _market.DecideAsync();
        await _market.SettleAsync();

        Assert.Equal("timed_out", ((OrderRejected)_market.The<OrderRejected>(order).Event).Code);
        Assert.Equal(5, (await _market.StateAsync<ProductState.OnSale>(ProductStreams.IdOf(bag))).Quantity);
    }

    [Fact]
    public async Task An_end_is_the_same_command_on_every_delivery_and_its_time_is_the_orders()
    {
        var order = await _market.OrderAsync(new OrderLine(_market.NewId(), 1));
        var created = _market.The<OrderCreated>(order);
        _market.Clock.Advance(OrderLimits.ReservationWindow);

        await _market.LookAfterAsync(created);
        _market.Clock.Advance(TimeSpan.FromHours(1));
        await _market.LookAfterAsync(created);

        Assert.Equal(_market.Sent[0], _market.Sent[1]);
        Assert.Equal((((OrderCreated)created.Event).ReserveBy, created.EventId, OrderProcess.Itself), (_market.Sent[0].At, _market.Sent[0].CausationId, _market.Sent[0].Actor));
    }

    [Fact]
    public async Task Orders_that_are_settled_cost_one_read_together_and_nothing_is_sent()
    {
        var bag = await _market.ProductAsync(stock: 100);
        var (sold, held, short_, cancelled) = (
            await _market.OrderAsync(new OrderLine(bag, 2)),
            await _market.OrderAsync(new OrderLine(bag, 60)),
            await _market.OrderAsync(new OrderLine(bag, 99)),
            await _market.OrderAsync(new OrderLine(bag, 1)));
        await _market.CancelAsync(cancelled);
        await _market.SettleAsync();
        _market.Clock.Advance(OrderLimits.ReservationWindow);
        (_market.Tips.Loads, var puts) = (0, _market.Puts);

        Assert.True(await _market.LookAfterAsync([.. new[] { sold, held, short_, cancelled }.Select(_market.The<OrderCreated>)]));

        Assert.Equal((1, puts), (_market.Tips.Loads, _market.Puts));
    }

    [Fact]
    public async Task An_order_whose_time_is_not_over_comes_again_and_is_let_be_until_then()
    {
        var order = await _market.OrderAsync(new OrderLine(_market.NewId(), 1));
        _market.Clock.Advance(OrderLimits.ReservationWindow - OverdueOrders.ClockDifference - TimeSpan.FromSeconds(1));

        Assert.False(await _market.LookAfterAsync(_market.The<OrderCreated>(order)));
        Assert.Equal(0, _market.Puts);

        _market.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await _market.LookAfterAsync(_market.The<OrderCreated>(order)));
        Assert.Equal(1, _market.Puts);
    }

    [Fact]
    public async Task Other_events_of_a_message_and_other_streams_are_none_of_its_business()
    {
        var bag = await _market.ProductAsync(stock: 5);
        await _market.OrderAsync(new OrderLine(bag, 1));
        await _market.SettleAsync();
        _market.Tips.Loads = 0;

        Assert.True(await _market.LookAfterAsync([.. _market.Published.Where(e => e.Event is not OrderCreated)]));

        Assert.Equal(0, _market.Tips.Loads);
    }

    [Fact]
    public async Task A_hint_to_an_order_is_as_good_as_its_first_event()
    {
        var order = await _market.OrderAsync(new OrderLine(_market.NewId(), 1));
        _market.Clock.Advance(OrderLimits.ReservationWindow);

        Assert.True(await _market.LookAfterAsync(EventMessage.Write([], [new StreamHint(order, 1)])));
        await _market.DecideAsync();

        Assert.IsType<OrderState.Rejected>(await _market.StateAsync<OrderState>(order));
    }
}
