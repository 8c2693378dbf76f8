using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Products.Past;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Versions;

public class UpcastSpecs
{
    [Fact]
    public void Message_of_an_older_version_is_read_in_the_newest_shape()
    {
        Assert.Equal(new Paid(new Money(12.34m, "USD")), Samples.Contracts.Read("Paid", 1, """{"cents":1234}"""));
        Assert.Equal(new Paid(new Money(12.34m, "EUR")), Samples.Contracts.Read("Paid", 2, """{"cents":1234,"currency":"EUR"}"""));
        Assert.Equal(new Paid(new Money(12.34m, "EUR")), Samples.Contracts.Read("Paid", 3, """{"amount":{"amount":12.34,"currency":"EUR"}}"""));
    }

    [Fact]
    public void What_was_stored_can_be_read_as_it_was_and_code_of_before_still_writes_it()
    {
        Assert.Equal(new PaidV1(1234), Samples.Contracts.ReadAsStored("Paid", 1, """{"cents":1234}"""));
        Assert.Equal("""{"cents":1234}""", Samples.Contracts.Write(new PaidV1(1234)));
        Assert.Equal(("Paid", 1), (Samples.Contracts.NameOf(new PaidV1(1)).Name, Samples.Contracts.NameOf(new PaidV1(1)).Version));
    }

    [Fact]
    public void Only_the_newest_versions_are_decided_and_followed() => Assert.Equal([typeof(Paid), typeof(Greeted)], Samples.Contracts.NewestTypes);

    [Fact]
    public void An_older_version_without_a_way_to_the_newest_is_found_out_at_once()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => new WireContracts(SampleJson.Default, [typeof(PaidV1), typeof(PaidV2), typeof(Paid)], Samples.FromFirst));
        Assert.Contains("Paid v2", missing.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new WireContracts(SampleJson.Default, [typeof(PaidV1), typeof(Paid)], Samples.FromSecond));
    }

    [Fact]
    public void An_upcast_leads_to_the_next_version_of_the_same_message_and_nowhere_else()
    {
        Refuses(new Upcast<PaidV1, Paid>(old => new Paid(new Money(old.Cents, "USD"))));
        Refuses(new Upcast<Paid, Greeted>(_ => new Greeted("", null, [], new Dictionary<string, string?>())));
        Refuses(new Upcast<Paid, PaidV2>(old => new PaidV2((int)old.Amount.Amount, null)));

        static void Refuses(Upcast wrong) =>
            Assert.Contains("not the next version", Assert.Throws<InvalidOperationException>(() => new WireContracts(SampleJson.Default, [typeof(PaidV1), typeof(PaidV2), typeof(Paid), typeof(Greeted)], wrong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Product_deleted_before_write_offs_were_recorded_does_not_invent_one()
    {
        Assert.Equal(new ProductDeleted("sold out", Remaining: null), ShopContracts.Events.Read("ProductDeleted", 1, """{"reason":"sold out"}"""));
        Assert.Equal(new ProductDeleted("sold out", Remaining: null), ShopContracts.Events.Newest(new ProductDeletedV1("sold out")));
        Assert.Equal(new ProductDeleted("sold out", 3), ShopContracts.Events.Newest(new ProductDeleted("sold out", 3)));
    }
}
