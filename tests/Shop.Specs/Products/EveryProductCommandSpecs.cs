using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

/// <summary>The rules of every command that changes a product.</summary>
public class EveryProductCommandSpecs
{
    public static TheoryData<IProductCommand> EveryChange => new(Changes);

    [Theory]
    [MemberData(nameof(EveryChange))]
    public void It_is_refused_to_who_is_no_seller(IProductCommand command)
    {
        Given(Created).When(command, Customer).ThenRefused("not_a_seller");
        Given(Created).When(command, AdaAsCustomer).ThenRefused("not_a_seller");
        Given(Created).When(command, new Actor("ada", Actor.Operator)).ThenRefused("not_a_seller");
    }

    [Theory]
    [MemberData(nameof(EveryChange))]
    public void It_is_refused_to_another_seller(IProductCommand command) => Given(Created).When(command, OtherSeller).ThenRefused("not_the_owner");

    [Theory]
    [MemberData(nameof(EveryChange))]
    public void It_is_refused_where_there_is_no_product(IProductCommand command) => Given().When(command, Ada).ThenRefused("product_not_found");

    [Theory]
    [MemberData(nameof(EveryChange))]
    public void It_is_refused_on_a_deleted_product_unless_it_deletes(IProductCommand command)
    {
        var outcome = Given(Created, Deleted).When(command, Ada);
        if (command is DeleteProduct) outcome.ThenUnchanged();
        else outcome.ThenRefused("product_deleted");
    }
}
