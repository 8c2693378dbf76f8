using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Publishing;

public sealed class EventMessageSpecs
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"events":[{}]}""")]
    [InlineData("""{"events":[{"stream":"product-1","version":1,"id":"00000000-0000-0000-0000-000000000001","type":"ProductDeleted","typeVersion":1,"data":{},"command":"00000000-0000-0000-0000-000000000001","actor":"a","role":"seller","at":999999999999999999}]}""")]
    [InlineData("""{"hints":[{"stream":null,"version":1}]}""")]
    [InlineData("""{"events":[{"stream":"product-1","version":1,"id":"00000000-0000-0000-0000-000000000001","type":null,"typeVersion":1,"data":{},"command":"00000000-0000-0000-0000-000000000001","actor":"a","role":"seller","at":1}]}""")]
    [InlineData("""{"events":[{"stream":"product-1","version":1,"id":"00000000-0000-0000-0000-000000000001","type":"T","typeVersion":1,"data":{},"command":"00000000-0000-0000-0000-000000000001","actor":null,"role":"seller","at":1}]}""")]
    [InlineData("""{"events":[{"stream":"product-1","version":1,"id":"00000000-0000-0000-0000-000000000001","type":"T","typeVersion":1,"data":{},"command":"00000000-0000-0000-0000-000000000001","actor":"a","role":null,"at":1}]}""")]
    [InlineData("""{"events":[{"stream":"product-1","version":1,"id":"00000000-0000-0000-0000-000000000001","type":"T","typeVersion":1,"data":{},"command":"00000000-0000-0000-0000-000000000001","actor":7,"role":"seller","at":1}]}""")]
    [InlineData("""{"events":[{"stream":"product-1","version":1,"id":"00000000-0000-0000-0000-000000000001","type":"T","typeVersion":1,"data":{},"command":"00000000-0000-0000-0000-000000000001","actor":"\ud800","role":"seller","at":1}]}""")]
    [InlineData("""{"\ud800":1,"events":[]}""")]
    [InlineData("""{"events":null}""")]
    [InlineData("null")]
    public void What_is_no_message_of_ours_is_told_apart_from_any_other_failure(string body) =>
        Assert.Throws<FormatException>(() => EventMessage.Parse(ShopContracts.Events, body));

    [Fact]
    public void A_hint_is_read_as_it_was_written()
    {
        StreamHint[] hints = [new(StreamId.Of("product", "1"), 7), new(StreamId.Of("product", "2"), 8, Rebuild: true, Model: "products-v2")];

        Assert.Equal(hints, EventMessage.Parse(ShopContracts.Events, EventMessage.Write([], hints)).Hints);
    }
}
