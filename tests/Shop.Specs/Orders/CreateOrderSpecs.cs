using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Specs.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Orders.Basket;

namespace ServerlessCqrs.Shop.Specs.Orders;

public class CreateOrderSpecs
{
    [Fact]
    public void A_customer_orders_and_the_products_have_five_minutes_to_answer()
    {
        Given().When(Create, Eve).Then(Created);
        Given().When(Create, Eve, Backpack.ReserveBy).Then(Created with { ReserveBy = Backpack.ReserveBy.AddMinutes(5) });
    }

    [Fact]
    public void A_customer_without_an_address_orders_as_well() => Given().When(Create with { Email = null }, Eve).Then(Created with { Email = null });

    [Theory]
    [InlineData(ShopRoles.Seller)]
    [InlineData(Actor.Operator)]
    [InlineData(Actor.Process)]
    public void Only_customers_order(string role) => Given().When(Create, Eve with { Role = role }).ThenRefused("not_a_customer");

    [Fact]
    public void An_address_sealed_for_another_person_is_refused() => Given().When(Create with { Email = Home with { Person = Mallory.Id } }, Eve).ThenRefused("email_invalid");

    [Fact]
    public void Another_order_with_the_same_id_is_refused()
    {
        Given(Created).When(Create with { Items = [new OrderLine(Backpack.Id, 3)] }, Eve).ThenRefused("order_exists");
        Given(Created).When(Create with { Items = [.. Items.Reverse()] }, Eve).ThenRefused("order_exists");
        Given(Created).When(Create with { Email = null }, Mallory).ThenRefused("order_exists");
    }

    [Theory]
    [InlineData("order-everything")]
    [InlineData("order-6579C22F-be2b-444c-a52b-0116dd82df6c")]
    public void A_stream_that_is_no_orders_begins_none(string stream) => new Story(StreamId.Parse(stream), []).When(Create, Eve).ThenRefused("wrong_stream");

    [Fact]
    public void Ordering_the_same_again_changes_nothing_whatever_became_of_it() =>
        Assert.All([Pending, OnHold, Sold, Ended, CalledOff], life => Given(life).When(Create with { Email = null }, Eve).ThenUnchanged());

    public static TheoryData<CreateOrder, string, string> Forbidden => new()
    {
        { Create with { Items = [] }, "items", "items_out_of_range" },
        { Create with { Items = ItemsOf(21) }, "items", "items_out_of_range" },
        { Create with { Items = [null!] }, "items[0]", "item_invalid" },
        { Create with { Items = [new OrderLine(Guid.Empty, 1)] }, "items[0].productId", "product_id_missing" },
        { Create with { Items = [new OrderLine(Lamp, 1), new OrderLine(Backpack.Id, 1), new OrderLine(Lamp, 2)] }, "items[2].productId", "product_repeated" },
        { Create with { Items = [new OrderLine(Lamp, 0)] }, "items[0].quantity", "quantity_out_of_range" },
        { Create with { Items = [new OrderLine(Lamp, 1_000)] }, "items[0].quantity", "quantity_out_of_range" },
        { Create with { Email = Home with { Text = "eve@example.org" } }, "email.text", "email_invalid" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void An_order_that_cannot_be_is_refused(CreateOrder command, string field, string code)
    {
        var violation = Assert.Single(command.Check());
        Assert.Equal((field, code), (violation.Field, violation.Code));
        Given().When(command, Eve).ThenRefused(code);
    }

    [Fact]
    public void Twenty_products_and_999_pieces_are_the_most()
    {
        Assert.Empty((Create with { Items = ItemsOf(20) }).Check());
        Assert.Empty((Create with { Items = [new OrderLine(Lamp, 999)] }).Check());
    }

    [Fact]
    public void The_largest_order_that_the_limits_allow_still_has_a_tip_of_a_few_kilobytes()
    {
        var decider = ShopDomain.Instance.DeciderOf(ItsStream)!;
        var seller = new string('s', Subject.MaxLength);
        var items = ItemsOf(20);
        var life = items.Select(item => (IEvent)new OrderItemReserved(item.ProductId, item.Quantity, Backpack.Usd(9_999.99m), seller)).Prepend(Created with { Items = items });
        Assert.InRange(decider.WriteState(life.Aggregate(decider.Initial, decider.Evolve)).Length, 1, 8_000);
        Assert.InRange(decider.WriteState(Pending.Aggregate(decider.Initial, decider.Evolve)).Length, 1, 500);
    }

    private static OrderLine[] ItemsOf(int count) => [.. Enumerable.Range(1, count).Select(i => new OrderLine(new Guid(i, 0, 0, new byte[8]), 999))];
}
