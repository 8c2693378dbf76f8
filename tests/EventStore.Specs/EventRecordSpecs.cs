using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.EventStore.Specs;

public sealed class EventRecordSpecs
{
    [Fact]
    public void A_copy_with_other_data_reads_the_event_anew()
    {
        var deleted = EventRecord.Of(ProductStreams.IdOf(Guid.NewGuid()), 1, new ProductDeleted("sold out", 0), Guid.NewGuid(), 0, new Actor("seller-1", Actor.Seller), DateTimeOffset.UnixEpoch);
        Assert.Equal(new ProductDeleted("sold out", 0), deleted.Event);

        var other = deleted with { Data = ShopContracts.Events.Write(new ProductDeleted("recalled", 0)) };

        Assert.Equal(new ProductDeleted("recalled", 0), other.Event);
    }
}
