using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Functions.Specs.EventsToMail.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>The mails of orders and reviews equal the approved files.</summary>
public sealed class OrderMailsSpecs
{
    private static readonly Uri Shop = new("https://shop.example/");
    private static readonly Guid Order = new("0192f3c1-5d3e-7c3a-9c1f-0a4b5c6d7e8f");
    private static readonly Guid Unknown = new("6579c22f-be2b-444c-a52b-0116dd82df6e");
    private static readonly Dictionary<Guid, string?> Names = new() { [Town.Product] = """Bang & <b>"Olufsen"</b> Hörer""", [Unknown] = null };
    private static readonly Addressee Anna = new("anna", "anna@example.com", "Anna <b>B.</b>");
    private static readonly OrderLine[] Items = [new(Town.Product, 2), new(Unknown, 1)];

    [Fact]
    public void A_confirmed_order_lists_what_is_sold_and_what_it_costs() => IsGolden(
        "OrderConfirmed",
        "Your order is confirmed: 1,199.00 EUR",
        Write(new OrderConfirmed("anna", [new(Town.Product, 2, Eur(654.5m), "seller-1")], Eur(1309), Eur(110), Eur(1199)), Anna));

    [Fact]
    public void A_rejected_order_says_which_product_declined_it_and_why() => IsGolden(
        "OrderRejected",
        "Your order was rejected",
        Write(new OrderRejected("anna", Items, Town.Product, ProductRefusals.InsufficientStock, "There are only 1 in stock.", default), Anna with { Name = null }));

    [Fact]
    public void A_cancelled_order_says_what_was_given_as_the_reason() => IsGolden(
        "OrderCancelled",
        "Your order is cancelled",
        Write(new OrderCancelled("anna", Items, "<i>changed my mind</i>", WasConfirmed: true, default), Anna));

    [Fact]
    public void An_approved_review_is_told_to_be_shown() => IsGolden(
        "ReviewShown",
        """Your review of Bang & <b>"Olufsen"</b> Hörer is shown""",
        new ReviewShown(Shop).Write(new ReviewApproved(Town.Product, "anna", 5), Names[Town.Product]!, Anna));

    [Fact]
    public void An_order_that_no_product_declined_says_why_it_was_rejected() => Assert.Contains(
        "Your order was rejected: The products did not answer in time.",
        Write(new OrderRejected("anna", Items, Declined: null, OrderRefusals.TimedOut, "The products did not answer in time.", default), Anna).Text,
        StringComparison.Ordinal);

    private static void IsGolden(string name, string subject, Mail mail)
    {
        Assert.Equal(("anna@example.com", subject, null), (mail.To, mail.Subject, mail.Unsubscribe));
        Assert.Equal(Golden.Read($"{name}.txt"), mail.Text);
        Assert.Equal(Golden.Read($"{name}.html"), mail.Html);
    }

    private static Mail Write(IOrderEvent end, Addressee to) => new OrderMails(Shop).Write(Order, end, Names, to);

    private static Money Eur(decimal amount) => new(amount, "EUR");
}
