using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class DeleteProductSpecs
{
    [Fact]
    public void The_seller_takes_a_product_off_sale() => Given(Created).When(new DeleteProduct("sold out for good"), Ada).Then(Deleted);

    [Fact]
    public void Another_seller_is_refused_before_and_after()
    {
        Given(Created).When(new DeleteProduct(""), OtherSeller).ThenRefused("not_the_owner");
        Given(Created, Deleted).When(new DeleteProduct(""), OtherSeller).ThenRefused("not_the_owner");
    }

    [Fact]
    public void Deleting_it_again_changes_nothing_whatever_the_reason() => Given(Created, Deleted).When(new DeleteProduct("another reason"), Ada).ThenUnchanged();
}
