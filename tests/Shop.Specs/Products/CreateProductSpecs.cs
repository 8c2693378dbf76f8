using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class CreateProductSpecs
{
    [Fact]
    public void A_seller_puts_a_product_on_sale_and_becomes_its_owner() => Given().When(Create, Ada).Then(Created);

    [Fact]
    public void A_customer_puts_nothing_on_sale() => Given().When(Create, Customer).ThenRefused("not_a_seller");

    [Fact]
    public void Creating_it_again_changes_nothing() => Given(Created).When(Create, Ada).ThenUnchanged();

    [Fact]
    public void Creating_it_again_changes_nothing_even_when_it_has_changed_since() =>
        Given(Created, new ProductPriceUpdated(Usd(100), Usd(80)), new InventoryAdjusted(-15, 0, "sold")).When(Create, Ada).ThenUnchanged();

    [Fact]
    public void The_order_in_which_specifications_were_sent_does_not_make_another_product()
    {
        var oneWay = Create with { Specifications = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        var otherWay = Create with { Specifications = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } };
        Given(Created with { Specifications = oneWay.Specifications }).When(otherWay, Ada).ThenUnchanged();
    }

    [Fact]
    public void A_price_written_with_more_zeros_does_not_make_another_product() =>
        Given(Created).When(Create with { Price = Usd(100.00m) }, Ada).ThenUnchanged();

    public static TheoryData<CreateProduct> Others =>
    [
        Create with { Name = "Expedition Rucksack" },
        Create with { Description = "" },
        Create with { Category = "outdoors" },
        Create with { Price = Usd(99) },
        Create with { Price = new Money(100, "EUR") },
        Create with { Quantity = 14 },
        Create with { Warehouse = "WH_002" },
        Create with { Specifications = new Dictionary<string, string> { ["volume"] = "41 l" } },
        Create with { Specifications = new Dictionary<string, string>() },
        Create with { Images = [] },
        Create with { Images = [new NewImage(Front.ImageId, Front.Url, "Another text")] },
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Another_product_with_the_same_id_is_refused(CreateProduct other) => Given(Created).When(other, Ada).ThenRefused("product_exists");

    [Fact]
    public void The_same_product_of_another_seller_is_refused() => Given(Created).When(Create, OtherSeller).ThenRefused("product_exists");

    [Fact]
    public void A_deleted_product_is_not_created_again() => Given(Created, Deleted).When(Create, Ada).ThenRefused("product_deleted");

    [Theory]
    [InlineData("product-everything")]
    [InlineData("product-6579C22F-be2b-444c-a52b-0116dd82df6c")]
    public void A_stream_that_is_no_products_begins_none(string stream) => new Story(StreamId.Parse(stream), []).When(Create, Ada).ThenRefused("wrong_stream");

    [Fact]
    public void Only_a_create_begins_a_product()
    {
        var decider = ShopDomain.Instance.DeciderOf(ItsStream)!;
        Assert.True(decider.Creates(Create));
        Assert.DoesNotContain(Changes, decider.Creates);
    }
}
