using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Watches;

public class WatchSpecs
{
    private static readonly Guid Product = new("6579c22f-be2b-444c-a52b-0116dd82df6c");
    private static readonly Actor Eve = new("auth0|eve", ShopRoles.Customer);
    private static readonly Actor Mallory = new("mallory", ShopRoles.Customer);
    private static readonly Sealed Home = new(Eve.Id, "aG9tZQ");
    private static readonly Sealed Work = new(Eve.Id, "d29yaw");
    private static readonly WatchPrice Watch = new(Product, Eve.Id, Home);
    private static readonly UnwatchPrice Unwatch = new(Product, Eve.Id);
    private static readonly PriceWatched Watched = new(Product, Eve.Id, Home);
    private static readonly PriceUnwatched Unwatched = new(Product, Eve.Id);

    private static Story Given(params IReadOnlyList<IEvent> history) => new(WatchStreams.IdOf(Product, Eve.Id), history);

    [Fact]
    public void A_customer_watches_a_price() => Given().When(Watch, Eve).Then(Watched);

    [Fact]
    public void A_customer_watches_again_after_an_end() => Given(Watched, Unwatched).When(Watch, Eve).Then(Watched);

    [Fact]
    public void A_customer_changes_the_address() => Given(Watched).When(Watch with { Email = Work }, Eve).Then(new PriceWatched(Product, Eve.Id, Work));

    [Fact]
    public void A_customer_ends_the_watch() => Given(Watched).When(Unwatch, Eve).Then(Unwatched);

    [Theory]
    [InlineData(ShopRoles.Seller)]
    [InlineData(Actor.Operator)]
    public void Only_customers_watch(string role)
    {
        Given().When(Watch, Eve with { Role = role }).ThenRefused("not_a_customer");
        if (role != Actor.Operator) Given(Watched).When(Unwatch, Eve with { Role = role }).ThenRefused("not_a_customer");
    }

    [Fact]
    public void An_operator_ends_the_watch_of_a_customer()
    {
        var ann = new Actor("ann", Actor.Operator);
        Given(Watched).When(Unwatch, ann).Then(Unwatched);
        Given(Watched).When(new UnwatchPrice(Product, Mallory.Id), ann).ThenRefused("not_your_watch");
    }

    [Fact]
    public void Nobody_sets_or_ends_the_watch_of_another()
    {
        Given().When(Watch, Mallory).ThenRefused("not_your_watch");
        Given(Watched).When(Unwatch, Mallory).ThenRefused("not_your_watch");
        Given(Watched).When(new UnwatchPrice(Product, Mallory.Id), Mallory).ThenRefused("not_your_watch");
    }

    [Fact]
    public void A_watch_of_another_product_does_not_belong_on_this_stream()
    {
        var another = new Guid("2e852905-c6f4-47db-802c-654013571922");
        Given().When(Watch with { ProductId = another }, Eve).ThenRefused("not_your_watch");
        Given(Watched).When(Unwatch with { ProductId = another }, Eve).ThenRefused("not_your_watch");
    }

    [Fact]
    public void Watching_at_the_same_address_changes_nothing() => Given(Watched).When(Watch, Eve).ThenUnchanged();

    [Fact]
    public void Ending_what_never_began_or_ended_already_changes_nothing()
    {
        Given().When(Unwatch, Eve).ThenUnchanged();
        Given(Watched, Unwatched).When(Unwatch, Eve).ThenUnchanged();
    }

    [Theory]
    [InlineData("", "aG9tZQ", "customer_invalid")]
    [InlineData("eve\nadams", "aG9tZQ", "customer_invalid")]
    [InlineData("eve", "", "email_invalid")]
    [InlineData("eve", "eve@example.org", "email_invalid")]
    public void A_watch_that_cannot_be_is_refused(string customer, string text, string code) =>
        Given().When(new WatchPrice(Product, customer, new Sealed(customer, text)), Eve).ThenRefused(code);

    [Fact]
    public void Names_and_addresses_have_a_length()
    {
        Assert.Empty(new UnwatchPrice(Product, new string('e', 128)).Check());
        Assert.Equal(["customer_invalid"], new UnwatchPrice(Product, new string('e', 129)).Check().Select(violation => violation.Code));
        Assert.Empty((Watch with { Email = new Sealed(Eve.Id, new string('e', 500)) }).Check());
        Assert.Equal(["email_invalid"], (Watch with { Email = new Sealed(Eve.Id, new string('e', 501)) }).Check().Select(violation => violation.Code));
    }

    [Fact]
    public void An_address_sealed_for_another_person_is_refused() => Given().When(Watch with { Email = new Sealed(Mallory.Id, "aG9tZQ") }, Eve).ThenRefused("email_invalid");

    [Fact]
    public void A_watch_of_no_product_is_refused() => Given(Watched).When(Unwatch with { ProductId = Guid.Empty }, Eve).ThenRefused("product_id_missing");
}
