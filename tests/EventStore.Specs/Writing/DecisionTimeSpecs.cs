using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Writing;

/// <summary>
/// An event's time is that of its decision. Idempotency compares the times at which commands were issued.
/// </summary>
public sealed class DecisionTimeSpecs
{
    private static readonly StreamId Product = Shard.Product();

    private readonly Shard _shard = new();

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(60, 0, 60)]
    [InlineData(0, 60, 60)]
    [InlineData(-3600, 60, 60)]
    [InlineData(90, 60, 90)]
    public async Task Event_has_the_consumers_time_but_none_before_its_records_arrival(int clock, int arrival, int expected)
    {
        _shard.Clock.Now = Shard.Noon.AddSeconds(clock);
        _shard.ArrivesAt = Shard.Noon.AddSeconds(arrival);
        var create = _shard.Create(Product);
        await ProcessAsync(create);

        Assert.Equal(Shard.Noon.AddSeconds(expected), Assert.Single(await _shard.HistoryAsync(Product)).At);
        var outcome = await _shard.OutcomeAsync(create);
        Assert.Equal((Shard.Noon.AddSeconds(expected), create.At), (outcome.At, outcome.IssuedAt));
    }

    [Fact]
    public async Task Time_never_runs_backwards_within_a_stream()
    {
        _shard.Clock.Now = Shard.Noon.AddSeconds(20);
        await ProcessAsync(_shard.Create(Product));
        _shard.Clock.Now = Shard.Noon;
        await ProcessAsync(_shard.Price(Product, 80));

        Assert.Equal([Shard.Noon.AddSeconds(20), Shard.Noon.AddSeconds(20)], (await _shard.HistoryAsync(Product)).Select(e => e.At));
    }

    [Fact]
    public async Task Times_are_whole_milliseconds()
    {
        _shard.Clock.Now = Shard.Noon.AddTicks(12_345);
        await ProcessAsync(_shard.Create(Product));

        Assert.Equal(Shard.Noon.AddMilliseconds(1), Assert.Single(await _shard.HistoryAsync(Product)).At);
    }

    [Fact]
    public async Task Client_whose_clock_is_ahead_does_not_move_the_streams_time()
    {
        await ProcessAsync(_shard.Create(Product) with { At = Shard.Noon.AddMinutes(4) });

        Assert.Equal(Shard.Noon, Assert.Single(await _shard.HistoryAsync(Product)).At);
    }

    [Fact]
    public async Task Answer_of_the_process_is_never_before_its_cause()
    {
        var cause = EventRecord.Of(ShopContracts.Events,
            OrderStreams.IdOf(Guid.NewGuid()), 1, new OrderCreated("eve", [new(new Guid(1, 0, 0, new byte[8]), 2)], null, Shard.Noon.AddMinutes(5)), Guid.NewGuid(), 0, Shard.Seller, Shard.Noon.AddSeconds(30));
        var (target, command) = Assert.Single(OrderProcess.React(cause.Stream, cause.Event));
        await ProcessAsync(_shard.Create(Product), CommandRecord.Answer(OrderProcess.Manager, cause, target, command, cause.At));

        Assert.Equal([Shard.Noon, Shard.Noon.AddSeconds(30)], (await _shard.HistoryAsync(Product)).Select(e => e.At));
    }

    [Fact]
    public async Task Batch_that_comes_again_ships_the_times_of_its_first_decision()
    {
        var batch = _shard.Put(_shard.Create(Product), _shard.Price(Product, 80));
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);
        var first = await _shard.HistoryAsync(Product);
        _shard.Clock.Now = Shard.Noon.AddHours(1);
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);

        Assert.Equal(first, await _shard.HistoryAsync(Product));
        Assert.Equal([.. first, .. first], _shard.Publisher.Published);
    }

    [Fact]
    public async Task Retry_long_after_the_ring_forgot_it_is_known_by_its_issue_time()
    {
        var stock = _shard.Command(Product, new AdjustInventory(-3, "damaged"));
        await ProcessAsync(_shard.Create(Product), stock);
        for (var i = 1; i <= 30; i++) await ProcessAsync(_shard.Price(Product, 100 + i));
        _shard.Clock.Now = Shard.Noon.AddDays(1);

        await ProcessAsync(stock);

        Assert.Equal((32, 1), ((await _shard.HistoryAsync(Product)).Count, _shard.Log.Lookups));
    }

    [Fact]
    public async Task New_command_is_not_looked_up_in_the_log()
    {
        await ProcessAsync(_shard.Create(Product));
        _shard.Clock.Now = Shard.Noon.AddDays(1);
        for (var i = 1; i <= 40; i++) await ProcessAsync(_shard.Price(Product, 100 + i));

        Assert.Equal((41, 0), ((await _shard.HistoryAsync(Product)).Count, _shard.Log.Lookups));
    }

    /// <summary>
    /// Up to 7d5ba1d an event's time was its command's. Such a tip may be ahead of the clock by the producer's clock
    /// difference.
    /// </summary>
    [Fact]
    public async Task Tip_of_a_former_release_goes_on_from_its_last_time()
    {
        var former = _shard.Price(Product, 80);
        await ProcessAsync(_shard.Create(Product), former);
        var tip = (await _shard.Tips.FindAsync(Product, default))!;
        var outcome = tip.Newest.Outcomes[^1] with { At = former.At };
        var old = tip with { LastAt = Shard.Noon.AddMinutes(3), Newest = tip.Newest with { Outcomes = [tip.Newest.Outcomes[0], outcome] }, Position = tip.Position with { SequenceNumber = "500" } };
        Assert.True(await _shard.Tips.CommitAsync(old, tip, default));

        await ProcessAsync("1000", _shard.Price(Product, 90));

        Assert.Equal(Shard.Noon.AddMinutes(3), (await _shard.HistoryAsync(Product))[^1].At);
    }

    /// <summary>
    /// If products were unavailable for longer than an order waits, they decline it and reserve nothing.
    /// </summary>
    [Fact]
    public async Task Reservation_that_is_decided_after_its_deadline_is_declined()
    {
        var order = Guid.NewGuid();
        await ProcessAsync(_shard.Create(Product));
        var cause = EventRecord.Of(ShopContracts.Events, OrderStreams.IdOf(order), 1, new OrderCreated("eve", [new(new Guid(1, 0, 0, new byte[8]), 2)], null, Shard.Noon.AddMinutes(5)), Guid.NewGuid(), 0, Shard.Seller, Shard.Noon);
        var (target, command) = Assert.Single(OrderProcess.React(cause.Stream, cause.Event));
        _shard.Clock.Now = Shard.Noon.AddMinutes(5).AddMilliseconds(1);

        await ProcessAsync(CommandRecord.Answer(OrderProcess.Manager, cause, target, command, cause.At));

        var declined = Assert.IsType<StockReservationDeclined>((await _shard.HistoryAsync(Product))[^1].Event);
        Assert.Equal((order, "reservation_too_late"), (declined.OrderId, declined.Code));
    }

    private Task ProcessAsync(params IEnumerable<CommandRecord> commands) => _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(commands), default);

    private Task ProcessAsync(string sequenceNumber, CommandRecord command) =>
        _shard.NewProcess().ProcessAsync(Shard.Source, [_shard.Put(command)[0] with { SequenceNumber = sequenceNumber }], default);
}
