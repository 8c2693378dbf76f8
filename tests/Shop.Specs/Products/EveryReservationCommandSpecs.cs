using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

/// <summary>The rules of every command that an order sends to a product.</summary>
public class EveryReservationCommandSpecs
{
    public static TheoryData<IReservationCommand> Every => [Reserve, Release, new CompleteReservation(Order), new ReturnStock(Order, 2)];

    [Theory]
    [MemberData(nameof(Every))]
    public void It_is_refused_to_everybody_but_the_process(IReservationCommand command) =>
        Assert.All(ShopRoles.All, role => Given(Created, Reserved(2)).When(command, new Actor(Ada.Id, role)).ThenRefused("not_the_process"));

    [Theory]
    [MemberData(nameof(Every))]
    public void It_is_refused_where_there_never_was_a_product(IReservationCommand command) => Given().When(command, Process).ThenRefused("product_not_found");

    [Theory]
    [MemberData(nameof(Every))]
    public void It_begins_no_product(IReservationCommand command) => Assert.False(ShopDomain.Instance.DeciderOf(ItsStream)!.Creates(command));

    [Fact]
    public void What_a_seller_does_the_process_does_not() =>
        Assert.All(Changes.Prepend(Create), command => Given(Created).When(command, Process with { Id = Ada.Id }).ThenRefused("not_a_seller"));
}
