using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Products.Past;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Publishing;

public sealed class EventPackerSpecs
{
    private static readonly Guid Product = new("6579c22f-be2b-444c-a52b-0116dd82df6c");

    [Fact]
    public void A_message_carries_the_tags_of_all_events_in_it()
    {
        var message = Assert.Single(EventPacker.Pack([Happened(1, new InventoryAdjusted(-3, 12, "damaged")), Happened(2, new ProductPriceUpdated(new Money(100, "USD"), new Money(80, "USD")))]));

        Assert.Equal([EventTags.Document, EventTags.Edge, EventTags.Mail], message.Tags.Order());
        Assert.Equal([1, 2], EventMessage.Parse(ShopContracts.Events, message.Body).Events.Select(e => e.Version));
    }

    [Fact]
    public void An_event_that_nobody_follows_is_left_out()
    {
        var (watched, adjusted) = (Happened(1, new PriceWatched(Product, "eve", new Sealed("eve", "aG9tZQ"))), Happened(1, new InventoryAdjusted(-3, 12, "damaged")));

        Assert.Empty(EventPacker.Pack([watched]));
        Assert.Equal([adjusted], EventMessage.Parse(ShopContracts.Events, Assert.Single(EventPacker.Pack([watched, adjusted, watched])).Body).Events);
    }

    [Fact]
    public void An_event_of_an_older_version_reaches_those_who_follow_the_newest()
    {
        Assert.Equal([EventTags.Document, EventTags.Edge], Assert.Single(EventPacker.Pack([Happened(1, new ProductDeletedV1("sold out"))])).Tags.Order());
    }

    [Fact]
    public void No_message_is_larger_than_SNS_bills_as_one_and_none_mixes_up_the_order()
    {
        var events = Enumerable.Range(1, 300).Select(version => Happened(version, new InventoryAdjusted(1, version, new string('r', 500)))).ToList();

        var messages = EventPacker.Pack(events);

        Assert.InRange(messages.Count, 2, 10);
        Assert.All(messages, message => Assert.InRange(message.Body.Length, 1, EventMessage.MaxBytes));
        Assert.Equal(events, messages.SelectMany(message => EventMessage.Parse(ShopContracts.Events, message.Body).Events));
        Assert.Equal(300, messages.Sum(message => message.Events));
    }

    private static EventRecord Happened(long version, IEvent e) =>
        EventRecord.Of(ShopContracts.Events, ProductStreams.IdOf(Product), version, e, CommandIds.Named(Product, $"{version}"), 0, new Actor("seller-1", ShopRoles.Seller), DateTimeOffset.UnixEpoch);
}
