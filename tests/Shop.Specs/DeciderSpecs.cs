using System.Text.Json;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Specs.Products;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>What holds for every decider, as the write path uses it.</summary>
public class DeciderSpecs
{
    private static readonly Actor Eve = new("eve", Actor.Customer);
    private static readonly StreamId Watch = WatchStreams.IdOf(Backpack.Id, Eve.Id);
    private static readonly WatchPrice WatchPrice = new(Backpack.Id, Eve.Id, new Sealed(Eve.Id, "aG9tZQ"));
    private static readonly UnwatchPrice UnwatchPrice = new(Backpack.Id, Eve.Id);

    /// <summary>Each command with a history on which it acts.</summary>
    private static readonly IReadOnlyList<(StreamId Stream, Actor By, ICommand Command, IReadOnlyList<IEvent> History)> Acting =
    [
        (Backpack.ItsStream, Backpack.Ada, Backpack.Create, []),
        .. Backpack.Changes.Select(change => (Backpack.ItsStream, Backpack.Ada, (ICommand)change, (IReadOnlyList<IEvent>)[Backpack.Created])),
        (Watch, Eve, WatchPrice, []),
        (Watch, Eve, UnwatchPrice, [new PriceWatched(WatchPrice.ProductId, WatchPrice.Customer, WatchPrice.Email)]),
    ];

    [Fact]
    public void Deciding_again_on_the_state_it_produced_gives_no_events_except_for_a_relative_adjustment()
    {
        Assert.Equal(ShopContracts.Commands.NewestTypes.Where(IsDecided).OrderBy(type => type.Name), Acting.Select(act => act.Command.GetType()).OrderBy(type => type.Name));
        foreach (var (stream, by, command, history) in Acting)
        {
            var decider = ShopDomain.DeciderOf(stream)!;
            var context = new CommandContext(stream, by, DateTimeOffset.UnixEpoch);
            var before = history.Aggregate(decider.Initial, decider.Evolve);
            var accepted = Assert.IsType<Decision.Accepted>(decider.Decide(before, command, context));
            var after = accepted.Events.Aggregate(before, decider.Evolve);
            var again = decider.Decide(after, command, context);
            if (command is AdjustInventory) Assert.IsType<Decision.Accepted>(again);
            else Assert.IsType<Decision.Nothing>(again);
        }
    }

    [Fact]
    public void Every_event_there_is_has_been_decided_by_one_of_the_commands() => Assert.Equal(
        ShopContracts.Events.NewestTypes.Where(IsDecided).OrderBy(type => type.Name),
        Acting.SelectMany(act =>
        {
            var decider = ShopDomain.DeciderOf(act.Stream)!;
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
        Assert.True(ShopDomain.DeciderOf(Watch)!.Creates(WatchPrice));
        Assert.True(ShopDomain.DeciderOf(Watch)!.Creates(UnwatchPrice));
        Assert.False(ShopDomain.DeciderOf(Watch)!.Creates(Backpack.Create));
    }

    [Fact]
    public void An_event_that_a_fold_does_not_know_fails_loudly()
    {
        Assert.All(ShopDomain.Deciders, decider => Assert.ThrowsAny<Exception>(() => decider.Evolve(decider.Initial, new UnheardOf())));
        Assert.Throws<InvalidOperationException>(() => new ProductDecider().Evolve(new ProductState.Unknown(), new UnheardOf()));
        Assert.Throws<InvalidOperationException>(() => new WatchDecider().Evolve(new WatchState.NotWatching(), new UnheardOf()));
    }

    [Fact]
    public void An_event_that_cannot_have_happened_fails_loudly()
    {
        var product = ShopDomain.DeciderOf(Backpack.ItsStream)!;
        var created = product.Evolve(product.Initial, Backpack.Created);
        var deleted = product.Evolve(created, Backpack.Deleted);
        Assert.Throws<InvalidOperationException>(() => product.Evolve(product.Initial, Backpack.Deleted));
        Assert.Throws<InvalidOperationException>(() => product.Evolve(created, Backpack.Created));
        Assert.Throws<InvalidOperationException>(() => product.Evolve(deleted, new InventoryAdjusted(1, 1, "found")));
        var watch = ShopDomain.DeciderOf(Watch)!;
        Assert.Throws<InvalidOperationException>(() => watch.Evolve(watch.Initial, new PriceUnwatched(Backpack.Id, Eve.Id)));
    }

    [Fact]
    public void The_state_in_a_tip_has_the_shape_that_its_version_promises()
    {
        var product = ShopDomain.DeciderOf(Backpack.ItsStream)!;
        var watch = ShopDomain.DeciderOf(Watch)!;
        var created = product.Evolve(product.Initial, Backpack.Created);
        Assert.Equal((1, 1), (product.StateShape, watch.StateShape));
        Assert.Equal("""{"is":"unknown"}""", product.WriteState(product.Initial));
        Assert.Equal(
            """{"is":"onSale","created":"Mevxn_nS78w","seller":"ada","price":{"amount":100,"currency":"USD"},"quantity":15,"name":"1__Z4m2EZos","description":"IjdpwZKFcgY","category":"bcY6eFcUEoE","specifications":{"volume":"0Wu2QZiO5Os"},"images":{"00000000-0000-4000-8000-000000000001":"YD2OtY_TZFM"}}""",
            product.WriteState(created));
        Assert.Equal("""{"is":"deleted","seller":"ada"}""", product.WriteState(product.Evolve(created, Backpack.Deleted)));
        Assert.Equal("""{"is":"notWatching"}""", watch.WriteState(watch.Initial));
        Assert.Equal("""{"is":"watching","email":"PBOkWiD-h_U"}""", watch.WriteState(watch.Evolve(watch.Initial, new PriceWatched(Backpack.Id, Eve.Id, WatchPrice.Email))));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"is":"sold"}""")]
    [InlineData("""{"is":"deleted"}""")]
    public void A_state_that_cannot_be_read_fails_loudly(string json) =>
        Assert.ThrowsAny<Exception>(() => ShopDomain.DeciderOf(Backpack.ItsStream)!.ReadState(json));

    [Fact]
    public void A_contract_that_only_newer_code_knows_is_told_from_one_that_nobody_knows()
    {
        Assert.True(Assert.Throws<UnknownContractException>(() => ShopContracts.Commands.Read("CreateProduct", 2, "{}")).IsNewer);
        Assert.False(Assert.Throws<UnknownContractException>(() => ShopContracts.Commands.Read("MakeCoffee", 1, "{}")).IsNewer);
        Assert.Throws<JsonException>(() => ShopContracts.Commands.Read("CreateProduct", 1, "null"));
    }

    // Orders, reviews and customers are contracts so far, and so are reservations.
    private static bool IsDecided(Type type) =>
        type.Namespace!.EndsWith("Products", StringComparison.Ordinal) && !type.Name.Contains("Reserv", StringComparison.Ordinal) && !type.Name.Contains("Stock", StringComparison.Ordinal)
        || type.Namespace.EndsWith("Watches", StringComparison.Ordinal);

    private sealed record UnheardOf : IProductEvent, IWatchEvent;
}
