using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs;

public sealed class CommandIdsSpecs
{
    private static readonly Guid Event = new("6579c22f-be2b-444c-a52b-0116dd82df6c");
    private static readonly StreamId Product = ProductStreams.IdOf(Event);

    /// <summary>RFC 9562, appendix A.4.</summary>
    [Fact]
    public void A_named_id_is_a_UUID_of_version_5() =>
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), CommandIds.Named(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));

    [Fact]
    public void Answer_to_an_event_is_the_same_unique_command_on_every_delivery()
    {
        var answer = CommandIds.OfAnswer(Event, Product, "CompleteReservation");

        Assert.Equal(answer, CommandIds.OfAnswer(Event, Product, "CompleteReservation"));
        Guid[] others =
        [
            CommandIds.OfAnswer(Event, Product, "ReturnStock"),
            CommandIds.OfAnswer(Event, ProductStreams.IdOf(answer), "CompleteReservation"),
            CommandIds.OfAnswer(answer, Product, "CompleteReservation"),
            CommandIds.OfAnswer(Event, OrderStreams.IdOf(Event), "ExpireOrder"),
        ];
        Assert.Equal(others.Length + 1, others.Append(answer).Distinct().Count());
    }
}
