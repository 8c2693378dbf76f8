using ServerlessCqrs.EventStore.Publishing;

namespace ServerlessCqrs.EventStore.Specs.Publishing;

public sealed class EventMessageSpecs
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"events":[{}]}""")]
    [InlineData("""{"events":[{"stream":"product-1","version":1,"id":"00000000-0000-0000-0000-000000000001","type":"ProductDeleted","typeVersion":1,"data":{},"command":"00000000-0000-0000-0000-000000000001","actor":"a","role":"seller","at":999999999999999999}]}""")]
    [InlineData("""{"hints":[{"stream":null,"version":1}]}""")]
    public void What_is_no_message_of_ours_is_told_apart_from_any_other_failure(string body) =>
        Assert.Throws<FormatException>(() => EventMessage.Parse(body));
}
