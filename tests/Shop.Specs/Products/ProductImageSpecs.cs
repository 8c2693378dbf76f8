using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class ProductImageSpecs
{
    private static readonly AddProductImage AddBack = new(Back.ImageId, Back.Url, Back.Alt);

    [Fact]
    public void The_seller_adds_an_image() => Given(Created).When(AddBack, Ada).Then(new ProductImageAdded(Back));

    [Fact]
    public void A_twenty_first_image_is_refused()
    {
        var twenty = Enumerable.Range(1, 20).Select(i => Front with { ImageId = new Guid(i, 0, 0, new byte[8]) }).ToList();
        Given(Created with { Images = twenty }).When(AddBack, Ada).ThenRefused("too_many_images");
        Given(Created with { Images = twenty }, new ProductImageRemoved(twenty[0].ImageId)).When(AddBack, Ada).Then(new ProductImageAdded(Back));
    }

    [Fact]
    public void Another_image_with_the_same_id_is_refused() =>
        Given(Created).When(new AddProductImage(Front.ImageId, Back.Url, Front.Alt), Ada).ThenRefused("image_exists");

    [Fact]
    public void Adding_the_same_image_again_changes_nothing() => Given(Created, new ProductImageAdded(Back)).When(AddBack, Ada).ThenUnchanged();

    [Fact]
    public void The_seller_removes_an_image() => Given(Created).When(new RemoveProductImage(Front.ImageId), Ada).Then(new ProductImageRemoved(Front.ImageId));

    [Fact]
    public void An_image_without_an_id_is_refused() => Given(Created).When(new RemoveProductImage(Guid.Empty), Ada).ThenRefused("image_id_missing");

    [Fact]
    public void Removing_an_image_that_is_not_there_changes_nothing() => Given(Created).When(new RemoveProductImage(Back.ImageId), Ada).ThenUnchanged();

    [Fact]
    public void A_removed_image_can_be_added_again() =>
        Given(Created, new ProductImageRemoved(Front.ImageId)).When(new AddProductImage(Front.ImageId, Front.Url, Front.Alt), Ada).Then(new ProductImageAdded(Front));
}
