using System.Text.Json;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Orders.Policies;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Products.Past;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Specs.Orders;
using ServerlessCqrs.Shop.Specs.Products;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>The rules of every decider, as the write path uses it.</summary>
public class DeciderSpecs
{
    private static readonly Actor Eve = new("eve", ShopRoles.Customer);
    private static readonly StreamId Watch = WatchStreams.IdOf(Backpack.Id, Eve.Id);
    private static readonly WatchPrice WatchPrice = new(Backpack.Id, Eve.Id, new Sealed(Eve.Id, "aG9tZQ"));
    private static readonly UnwatchPrice UnwatchPrice = new(Backpack.Id, Eve.Id);
    private static readonly Actor Process = OrderProcess.Itself;
    private static readonly Sealed Words = new(Eve.Id, "d29yZHM");
    private static readonly StreamId Review = ReviewStreams.IdOf(Backpack.Id, Eve.Id);
    private static readonly ProductPurchased Purchased = new(Backpack.Id, Eve.Id, Backpack.Ada.Id, Backpack.Order);
    private static readonly ReviewSubmitted Submitted = new(Backpack.Id, Eve.Id, 4, Words, Words);
    private static readonly StreamId Customer = CustomerStreams.IdOf(Eve.Id);

    /// <summary>Each command with a history on which it acts.</summary>
    private static readonly IReadOnlyList<(StreamId Stream, Actor By, ICommand Command, IReadOnlyList<IEvent> History)> Acting =
    [
        (Backpack.ItsStream, Backpack.Ada, Backpack.Create, []),
        .. Backpack.Changes.Select(change => (Backpack.ItsStream, Backpack.Ada, (ICommand)change, (IReadOnlyList<IEvent>)[Backpack.Created])),
        (Watch, Eve, WatchPrice, []),
        (Backpack.ItsStream, Process, Backpack.Reserve, [Backpack.Created]),
        (Backpack.ItsStream, Process, Backpack.Reserve with { Quantity = 16 }, [Backpack.Created]),
        (Backpack.ItsStream, Process, Backpack.Release, [Backpack.Created]),
        (Backpack.ItsStream, Process, Backpack.Release, [Backpack.Created, Backpack.Reserved(2)]),
        (Backpack.ItsStream, Process, new CompleteReservation(Backpack.Order), [Backpack.Created, Backpack.Reserved(2)]),
        (Backpack.ItsStream, Process, new ReturnStock(Backpack.Order, 2), [Backpack.Created]),
        (Watch, Eve, WatchPrice, []),
        (Watch, Eve, UnwatchPrice, [new PriceWatched(WatchPrice.ProductId, WatchPrice.Customer, WatchPrice.Email)]),
        (Basket.ItsStream, Basket.Eve, Basket.Create, []),
        (Basket.ItsStream, Basket.Eve, Basket.Cancel, Basket.Pending),
        (Basket.ItsStream, Basket.Olga, new ApproveOrder(), Basket.OnHold),
        (Basket.ItsStream, Basket.Olga, new RejectOrder("nobody needs that many"), Basket.OnHold),
        (Basket.ItsStream, Process, Basket.RecordBackpack, Basket.Pending),
        (Basket.ItsStream, Process, Basket.RecordBackpack with { UnitPrice = Backpack.Usd(2_800) }, Basket.Pending),
        (Basket.ItsStream, Process, new RecordDecline(Backpack.Id, "product_deleted", "The product was deleted."), Basket.Pending),
        (Basket.ItsStream, Process, new ExpireOrder(), Basket.Pending),
        (Basket.ItsStream, Process, new RefuseOrder("user_deactivated", "The customer was deactivated."), Basket.OnHold),
        (Review, Process, new RecordPurchase(Backpack.Id, Eve.Id, Backpack.Ada.Id, Backpack.Order), []),
        (Review, Process, new WithdrawPurchase(Backpack.Id, Eve.Id, Backpack.Order), []),
        (Review, Eve, new SubmitReview(Backpack.Id, Eve.Id, 4, Words, Words), [Purchased]),
        (Review, Backpack.Ada, new ApproveReview(), [Purchased, Submitted]),
        (Review, Backpack.Ada, new RejectReview("not about the product"), [Purchased, Submitted]),
        (Customer, Eve, new RegisterUser(Words, Words), []),
        (Customer, Eve, new RegisterUser(Words, WatchPrice.Email), [new UserRegistered(Words, Words)]),
        (Customer, Eve, new ChangeUserEmail(WatchPrice.Email), [new UserRegistered(Words, Words)]),
        (Customer, Eve, new DeactivateUser("asked for it"), [new UserRegistered(Words, Words)]),
    ];

    [Fact]
    public void Shop_is_complete() => ShopDomain.Instance.EnsureComplete();

    [Fact]
    public void Second_decision_on_its_own_state_gives_no_events_except_where_ids_prevent_it()
    {
        Assert.Equal(ShopContracts.Commands.NewestTypes.OrderBy(type => type.Name), Acting.Select(act => act.Command.GetType()).Distinct().OrderBy(type => type.Name));
        foreach (var (stream, by, command, history) in Acting)
        {
            var decider = ShopDomain.Instance.DeciderOf(stream)!;
            var context = new CommandContext(stream, by, DateTimeOffset.UnixEpoch);
            var before = history.Aggregate(decider.Initial, decider.Evolve);
            var accepted = Assert.IsType<Decision.Accepted>(decider.Decide(before, command, context));
            var after = accepted.Events.Aggregate(before, decider.Evolve);
            var again = decider.Decide(after, command, context);
            if (accepted.Events is [InventoryAdjusted or StockReturned or StockReservationDeclined or StockReleased]) Assert.IsType<Decision.Accepted>(again);
            else Assert.IsType<Decision.Nothing>(again);
        }
    }

    [Fact]
    public void Every_event_there_is_has_been_decided_by_one_of_the_commands() => Assert.Equal(
        ShopContracts.Events.NewestTypes.OrderBy(type => type.Name),
        Acting.SelectMany(act =>
        {
            var decider = ShopDomain.Instance.DeciderOf(act.Stream)!;
            var state = act.History.Aggregate(decider.Initial, decider.Evolve);
            return ((Decision.Accepted)decider.Decide(state, act.Command, new CommandContext(act.Stream, act.By, DateTimeOffset.UnixEpoch))).Events;
        }).Select(@event => @event.GetType()).Distinct().OrderBy(type => type.Name));

    [Fact]
    public void A_command_for_another_kind_of_stream_is_refused()
    {
        new Story(Watch, []).When(Backpack.Create, Backpack.Ada).ThenRefused("wrong_stream");
        new Story(Backpack.ItsStream, [Backpack.Created]).When(WatchPrice, Eve).ThenRefused("wrong_stream");
    }

    [Fact]
    public void Any_watch_command_may_begin_a_stream()
    {
        Assert.True(ShopDomain.Instance.DeciderOf(Watch)!.Creates(WatchPrice));
        Assert.True(ShopDomain.Instance.DeciderOf(Watch)!.Creates(UnwatchPrice));
        Assert.False(ShopDomain.Instance.DeciderOf(Watch)!.Creates(Backpack.Create));
    }

    [Fact]
    public void An_event_that_a_fold_does_not_know_fails_loudly()
    {
        Assert.All(ShopDomain.Instance.Deciders, decider => Assert.ThrowsAny<Exception>(() => decider.Evolve(decider.Initial, new UnheardOf())));
        Assert.Throws<InvalidOperationException>(() => new ProductDecider().Evolve(new ProductState.Unknown(), new UnheardOf()));
        Assert.Throws<InvalidOperationException>(() => new WatchDecider().Evolve(new WatchState.NotWatching(), new UnheardOf()));
        Assert.Throws<InvalidOperationException>(() => new OrderDecider(new DiscountOnLargeOrders(), new HoldLargeOrders()).Evolve(new OrderState.Unknown(), new UnheardOf()));
        Assert.Throws<InvalidOperationException>(() => new ReviewDecider().Evolve(new ReviewState.Unwritten(null, [], []), new UnheardOf()));
        Assert.Throws<InvalidOperationException>(() => new CustomerDecider().Evolve(new CustomerState.Unregistered(), new UnheardOf()));
    }

    [Fact]
    public void An_event_that_cannot_have_happened_fails_loudly()
    {
        var product = ShopDomain.Instance.DeciderOf(Backpack.ItsStream)!;
        var created = product.Evolve(product.Initial, Backpack.Created);
        var deleted = product.Evolve(created, Backpack.Deleted);
        Assert.Throws<InvalidOperationException>(() => product.Evolve(product.Initial, Backpack.Deleted));
        Assert.Throws<InvalidOperationException>(() => product.Evolve(created, Backpack.Created));
        Assert.Throws<InvalidOperationException>(() => product.Evolve(deleted, new InventoryAdjusted(1, 1, "found")));
        var watch = ShopDomain.Instance.DeciderOf(Watch)!;
        Assert.Throws<InvalidOperationException>(() => watch.Evolve(watch.Initial, new PriceUnwatched(Backpack.Id, Eve.Id)));
        var order = ShopDomain.Instance.DeciderOf(Basket.ItsStream)!;
        foreach (var life in new[] { Basket.Sold, Basket.Ended, Basket.CalledOff })
        {
            var ended = life.Aggregate(order.Initial, order.Evolve);
            Assert.Throws<InvalidOperationException>(() => order.Evolve(ended, Basket.Confirmed));
            Assert.Throws<InvalidOperationException>(() => order.Evolve(ended, Basket.TimedOut));
            Assert.Throws<InvalidOperationException>(() => order.Evolve(ended, Basket.BackpackReserved));
        }
    }

    [Fact]
    public void A_fold_meets_only_the_newest_version_of_an_event()
    {
        var product = ShopDomain.Instance.DeciderOf(Backpack.ItsStream)!;
        Assert.ThrowsAny<Exception>(() => product.Evolve(product.Evolve(product.Initial, Backpack.Created), new ProductDeletedV1("sold out")));
    }

    /// <summary>A state in another shape needs another version, or an old tip would be misread.</summary>
    [Fact]
    public void The_state_in_a_tip_has_the_shape_that_its_version_promises()
    {
        (StreamId Stream, IReadOnlyList<IEvent> Life)[] lives =
        [
            (Backpack.ItsStream, []),
            (Backpack.ItsStream, [Backpack.Created]),
            (Backpack.ItsStream, [Backpack.Created, Backpack.Reserved(2), Backpack.Barred with { OrderId = Backpack.AnotherOrder }]),
            (Backpack.ItsStream, [Backpack.Created, Backpack.Deleted]),
            (Watch, []),
            (Watch, [new PriceWatched(Backpack.Id, Eve.Id, WatchPrice.Email)]),
            (Basket.ItsStream, []),
            (Basket.ItsStream, Basket.Pending),
            (Basket.ItsStream, Basket.OnHold),
            (Basket.ItsStream, Basket.Sold),
            (Basket.ItsStream, Basket.Ended),
            (Basket.ItsStream, Basket.CalledOff),
            (Review, []),
            (Review, [Purchased, new PurchaseWithdrawn(Backpack.Id, Eve.Id, Backpack.AnotherOrder)]),
            (Review, [Purchased, Submitted]),
            (Review, [Purchased, Submitted, new ReviewApproved(Backpack.Id, Eve.Id, 4)]),
            (Review, [Purchased, Submitted, new ReviewRejected(Backpack.Id, Eve.Id, "not about the product")]),
            (Customer, []),
            (Customer, [new UserRegistered(WatchPrice.Email, Words)]),
            (Customer, [new UserRegistered(WatchPrice.Email, Name: null)]),
            (Customer, [new UserDeactivated("asked for it")]),
        ];
        Assert.Equal(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "states.txt")), lives.Select(life =>
        {
            var decider = ShopDomain.Instance.DeciderOf(life.Stream)!;
            var json = decider.WriteState(life.Life.Aggregate(decider.Initial, decider.Evolve));
            Assert.Equal(json, decider.WriteState(decider.ReadState(json)));
            return $"{life.Stream.Category} {decider.StateShape} {json}";
        }));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"is":"sold"}""")]
    [InlineData("""{"is":"deleted"}""")]
    public void A_state_that_cannot_be_read_fails_loudly(string json) =>
        Assert.ThrowsAny<Exception>(() => ShopDomain.Instance.DeciderOf(Backpack.ItsStream)!.ReadState(json));

    [Fact]
    public void A_contract_that_only_newer_code_knows_is_told_from_one_that_nobody_knows()
    {
        Assert.True(Assert.Throws<UnknownContractException>(() => ShopContracts.Commands.Read("CreateProduct", 2, "{}")).IsNewer);
        Assert.False(Assert.Throws<UnknownContractException>(() => ShopContracts.Commands.Read("MakeCoffee", 1, "{}")).IsNewer);
        Assert.Throws<JsonException>(() => ShopContracts.Commands.Read("CreateProduct", 1, "null"));
    }

    private sealed record UnheardOf : IProductEvent, IWatchEvent, IOrderEvent, IReviewEvent, ICustomerEvent;
}
