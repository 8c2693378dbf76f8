using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Products.Past;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs;

public sealed class EventRecordSpecs
{
    [Fact]
    public void A_copy_with_other_data_reads_the_event_anew()
    {
        var deleted = EventRecord.Of(ShopContracts.Events, ProductStreams.IdOf(Guid.NewGuid()), 1, new ProductDeleted("sold out", 0), Guid.NewGuid(), 0, new Actor("seller-1", ShopRoles.Seller), DateTimeOffset.UnixEpoch);
        Assert.Equal(new ProductDeleted("sold out", 0), deleted.Event);

        var other = deleted with { Data = ShopContracts.Events.Write(new ProductDeleted("recalled", 0)) };

        Assert.Equal(new ProductDeleted("recalled", 0), other.Event);
    }

    [Fact]
    public void Older_event_is_read_in_the_newest_version_and_its_record_stays()
    {
        var written = EventRecord.Of(ShopContracts.Events, ProductStreams.IdOf(Guid.NewGuid()), 1, new ProductDeletedV1("sold out"), Guid.NewGuid(), 0, new Actor("seller-1", ShopRoles.Seller), DateTimeOffset.UnixEpoch);
        var stored = EventMessage.Parse(ShopContracts.Events, EventMessage.Write([written], [])).Events[0];

        Assert.All([written, stored], record =>
        {
            Assert.Equal(("ProductDeleted", 1, """{"reason":"sold out"}"""), (record.Type, record.TypeVersion, record.Data));
            Assert.Equal(new ProductDeleted("sold out", Remaining: null), record.Event);
        });
        Assert.Equal(written, stored);
    }
}
