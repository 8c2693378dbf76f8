using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Functions.Specs.EventsToMail.Given;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>
/// The mail equals the approved files <c>Golden/PriceDropped.txt</c> and <c>.html</c>. Change them when you change the
/// mail.
/// </summary>
public sealed class PriceDroppedSpecs
{
    [Fact]
    public void The_mail_is_the_one_that_was_read_and_found_good()
    {
        var mail = Write("""Bang & <b>"Olufsen"</b> Hörer""", 1234.5m, 999.99m);

        Assert.Equal("""Bang & <b>"Olufsen"</b> Hörer now costs 999.99 EUR""", mail.Subject);
        Assert.Equal(Golden.Read("PriceDropped.txt"), mail.Text);
        Assert.Equal(Golden.Read("PriceDropped.html"), mail.Html);
        Assert.Equal(new Uri("https://shop.example/unsubscribe/YW5uYQ.token_-"), mail.Unsubscribe);
    }

    [Fact]
    public void A_name_cannot_end_a_header()
    {
        Assert.Equal("Lamp Bcc: all@example.com now costs 1.00 EUR", Write("Lamp\r\nBcc: all@example.com", 2, 1).Subject);
    }

    private static Mail Write(string name, decimal old, decimal now) => new PriceDropped(new Uri("https://shop.example/")).Write(
        new PriceDrop(Town.Product, name, new Money(old, "EUR"), new Money(now, "EUR")),
        "anna@example.com",
        "YW5uYQ.token_-");
}
