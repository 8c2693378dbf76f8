using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Specs.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Orders.Basket;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Orders;

public class OrderProcessSpecs
{
    private static readonly StreamId BackpackStream = Backpack.ItsStream;
    private static readonly StreamId LampStream = ProductStreams.IdOf(Lamp);

    /// <summary>An event of every type on its stream.</summary>
    private static readonly IReadOnlyList<(StreamId Stream, IEvent Event)> Happening =
    [
        .. Basket.Pending.Concat(OnHold).Concat(Sold).Concat(Ended).Concat(CalledOff).Append(Basket.Cancelled with { WasConfirmed = true })
            .Append(new OrderItemDeclined(Lamp, "insufficient_stock", "There are only 0 in stock.")).Select(e => (Basket.ItsStream, e)),
        .. new IEvent[]
        {
            Backpack.Created, Deleted, Reserved(2), TooLate, Barred, new StockReleased(Order, 2, 15), new ReservationCompleted(Order), new StockReturned(Order, 2, 15),
            new ProductPriceUpdated(Usd(100), Usd(80)), new InventoryAdjusted(-3, 12, "damaged"), new ProductDetailsRevised("Day Pack", null, null, null), new ProductImageAdded(Front), new ProductImageRemoved(Front.ImageId),
        }.Select(e => (BackpackStream, e)),
    ];

    [Fact]
    public void An_order_asks_each_of_its_products() => Then(
        Basket.ItsStream,
        Basket.Created,
        (BackpackStream, new ReserveStock(Order, 2, ReserveBy)),
        (LampStream, new ReserveStock(Order, 1, ReserveBy)));

    [Fact]
    public void A_product_that_reserved_tells_its_order() => Then(BackpackStream, Reserved(2), (Basket.ItsStream, RecordBackpack));

    [Fact]
    public void A_product_that_declined_tells_its_order() => Then(BackpackStream, TooLate, (Basket.ItsStream, new RecordDecline(Backpack.Id, TooLate.Code, TooLate.Reason)));

    [Fact]
    public void A_confirmed_order_completes_its_reservations_and_may_be_reviewed() => Then(
        Basket.ItsStream,
        Confirmed,
        (BackpackStream, new CompleteReservation(Order)),
        (LampStream, new CompleteReservation(Order)),
        (ReviewStreams.IdOf(Backpack.Id, Eve.Id), new RecordPurchase(Backpack.Id, Eve.Id, Ada.Id, Order)),
        (ReviewStreams.IdOf(Lamp, Eve.Id), new RecordPurchase(Lamp, Eve.Id, OtherSeller.Id, Order)));

    [Fact]
    public void Order_that_ended_unsold_releases_every_item_except_the_declined_one()
    {
        var release = new ReleaseStock(Order, ReserveBy);
        Then(Basket.ItsStream, TimedOut, (BackpackStream, release), (LampStream, release));
        Then(Basket.ItsStream, Basket.Cancelled, (BackpackStream, release), (LampStream, release));
        Then(Basket.ItsStream, TimedOut with { Declined = Lamp }, (BackpackStream, release));
    }

    [Fact]
    public void Order_cancelled_after_its_sale_returns_stock_and_the_right_to_review() => Then(
        Basket.ItsStream,
        Basket.Cancelled with { WasConfirmed = true },
        (BackpackStream, new ReturnStock(Order, 2)),
        (LampStream, new ReturnStock(Order, 1)),
        (ReviewStreams.IdOf(Backpack.Id, Eve.Id), new WithdrawPurchase(Backpack.Id, Eve.Id, Order)),
        (ReviewStreams.IdOf(Lamp, Eve.Id), new WithdrawPurchase(Lamp, Eve.Id, Order)));

    [Fact]
    public void The_events_it_answers_are_those_that_reach_it() => Assert.Equal(
        ShopContracts.Events.NewestTypes.Where(type => ShopContracts.Events.NameOf(type).Tags.Contains(EventTags.Process)).Select(type => type.Name).Order(),
        Happening.Where(happening => OrderProcess.React(happening.Stream, happening.Event).Count > 0).Select(happening => happening.Event.GetType().Name).Distinct().Order());

    [Fact]
    public void Process_answers_an_event_with_one_own_command_of_a_kind_per_stream() => Assert.All(Happening, happening =>
    {
        var answers = OrderProcess.React(happening.Stream, happening.Event);
        Assert.Equal(answers.Count, answers.DistinctBy(answer => (answer.Target, answer.Command.GetType())).Count());
        Assert.All(answers, answer => Assert.IsAssignableFrom<IProcessCommand>(answer.Command));
        Assert.All(answers, answer => Assert.NotEqual("wrong_stream", (ShopDomain.Instance.DeciderOf(answer.Target)!.Decide(ShopDomain.Instance.DeciderOf(answer.Target)!.Initial, answer.Command, new CommandContext(answer.Target, Process, ReserveBy)) as Decision.Refused)?.Code));
    });

    [Fact]
    public void Only_an_order_that_still_waits_is_overdue()
    {
        var decider = ShopDomain.Instance.DeciderOf(Basket.ItsStream)!;
        Assert.Equal([(Basket.ItsStream, new ExpireOrder())], OrderProcess.Overdue(Basket.ItsStream, (OrderState)Basket.Pending.Aggregate(decider.Initial, decider.Evolve)));
        Assert.Equal([(Basket.ItsStream, new ExpireOrder())], OrderProcess.Overdue(Basket.ItsStream, state: null));
        Assert.All([OnHold, Sold, Ended, CalledOff], life => Assert.Empty(OrderProcess.Overdue(Basket.ItsStream, (OrderState)life.Aggregate(decider.Initial, decider.Evolve))));
    }

    [Fact]
    public void No_token_can_give_its_role() => Assert.DoesNotContain(OrderProcess.Itself.Role, ShopRoles.All);

    private static void Then(StreamId stream, IEvent @event, params IEnumerable<(StreamId, ICommand)> commands) => Assert.Equal(commands, OrderProcess.React(stream, @event));
}
