using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class ProductLimitsSpecs
{
    private static readonly NewImage Image = new(Front.ImageId, Front.Url, Front.Alt);

    public static TheoryData<IProductCommand> Allowed => new(
    [
        Create,
        .. Changes,
        Create with { Name = new string('n', 200) },
        Create with { Name = "Crème brûlée 🍮" },
        Create with { Description = "" },
        Create with { Description = new string('d', 5_000) },
        Create with { Description = "two\r\nlines\tand a tab" },
        Create with { Category = "food service" },
        Create with { Category = "2-in-1-laptops" },
        Create with { Price = Usd(0.01m) },
        Create with { Price = Usd(10_000) },
        Create with { Price = Usd(99.990m) },
        Create with { Price = new Money(1, "EUR") },
        Create with { Quantity = 0 },
        Create with { Quantity = 1_000_000 },
        Create with { Warehouse = new string('W', 50) },
        Create with { Specifications = SpecificationsOf(50) },
        Create with { Specifications = new Dictionary<string, string> { [new string('k', 60)] = new string('v', 500) } },
        Create with { Images = [] },
        Create with { Images = ImagesOf(20) },
        Create with { Images = [Image with { Url = UrlOf(2_000), Alt = new string('a', 300) }] },
        Create with { Images = [Image with { Url = "https://images.example/a%20b.jpg?size=2&v=1#top", Alt = "" }] },
        new ReviseProductDetails(null, "", null, null),
        new ReviseProductDetails(null, null, null, new Dictionary<string, string?>()),
        new ReviseProductDetails(null, null, null, new Dictionary<string, string?> { ["stored before\u202e"] = null }),
        new AdjustInventory(-1_000_000, new string('r', 500)),
        new DeleteProduct(""),
    ]);

    [Theory]
    [MemberData(nameof(Allowed))]
    public void It_may_go_up_to_the_limit(IProductCommand command) => Assert.Empty(command.Check());

    public static TheoryData<IProductCommand, string, string> Forbidden => new()
    {
        { Create with { Name = "" }, "name", "name_invalid" },
        { Create with { Name = "   " }, "name", "name_invalid" },
        { Create with { Name = new string('n', 201) }, "name", "name_invalid" },
        { Create with { Name = "two\nlines" }, "name", "name_invalid" },
        { Create with { Name = "a bell\u0007" }, "name", "name_invalid" },
        { Create with { Name = "half a pair \ud83c" }, "name", "name_invalid" },
        { Create with { Name = "\udf6e the other half" }, "name", "name_invalid" },
        { Create with { Description = new string('d', 5_001) }, "description", "description_invalid" },
        { Create with { Description = "a null \0" }, "description", "description_invalid" },
        { Create with { Category = "" }, "category", "category_invalid" },
        { Create with { Category = "Accessories" }, "category", "category_invalid" },
        { Create with { Category = "food  service" }, "category", "category_invalid" },
        { Create with { Category = "accessories\n" }, "category", "category_invalid" },
        { Create with { Category = new string('c', 51) }, "category", "category_invalid" },
        { Create with { Price = Usd(-1) }, "price.amount", "price_not_positive" },
        { Create with { Price = Usd(0) }, "price.amount", "price_not_positive" },
        { Create with { Price = Usd(10_000.01m) }, "price.amount", "price_too_high" },
        { Create with { Price = Usd(0.001m) }, "price.amount", "price_too_precise" },
        { Create with { Price = new Money(1, "usd") }, "price.currency", "currency_unknown" },
        { Create with { Price = new Money(1, "XXX") }, "price.currency", "currency_unknown" },
        { Create with { Quantity = -1 }, "quantity", "quantity_out_of_range" },
        { Create with { Quantity = 1_000_001 }, "quantity", "quantity_out_of_range" },
        { Create with { Warehouse = "" }, "warehouse", "warehouse_invalid" },
        { Create with { Warehouse = "_WH" }, "warehouse", "warehouse_invalid" },
        { Create with { Warehouse = "WH 1" }, "warehouse", "warehouse_invalid" },
        { Create with { Warehouse = new string('W', 51) }, "warehouse", "warehouse_invalid" },
        { Create with { Specifications = SpecificationsOf(51) }, "specifications", "too_many_specifications" },
        { Create with { Specifications = new Dictionary<string, string> { [" "] = "v" } }, "specifications", "specification_key_invalid" },
        { Create with { Specifications = new Dictionary<string, string> { [new string('k', 61)] = "v" } }, "specifications", "specification_key_invalid" },
        { Create with { Specifications = new Dictionary<string, string> { ["k"] = new string('v', 501) } }, "specifications.k", "specification_value_invalid" },
        { Create with { Specifications = new Dictionary<string, string> { ["k"] = null! } }, "specifications.k", "specification_value_invalid" },
        { Create with { Images = ImagesOf(21) }, "images", "too_many_images" },
        { Create with { Images = [null!] }, "images[0]", "image_invalid" },
        { Create with { Images = [Image, Image] }, "images[1].imageId", "image_id_repeated" },
        { Create with { Images = [Image with { ImageId = Guid.Empty }] }, "images[0].imageId", "image_id_missing" },
        { Create with { Images = [.. ImagesOf(3), Image with { Url = "http://images.example/a.jpg" }] }, "images[3].url", "image_url_invalid" },
        { Create with { Images = [Image with { Url = "/a.jpg" }] }, "images[0].url", "image_url_invalid" },
        { Create with { Images = [Image with { Url = "https://images.example/a b.jpg" }] }, "images[0].url", "image_url_invalid" },
        { Create with { Images = [Image with { Url = "https://images.example/\"onload=x" }] }, "images[0].url", "image_url_invalid" },
        { Create with { Images = [Image with { Url = "https://ada:secret@images.example/a.jpg" }] }, "images[0].url", "image_url_invalid" },
        { Create with { Images = [Image with { Url = UrlOf(2_001) }] }, "images[0].url", "image_url_invalid" },
        { Create with { Images = [Image with { Alt = new string('a', 301) }] }, "images[0].alt", "image_alt_invalid" },
        { new UpdateProductPrice(Usd(10_001)), "amount", "price_too_high" },
        { new UpdateProductPrice(new Money(1, "dollars")), "currency", "currency_unknown" },
        { new ReviseProductDetails(null, null, null, null), "", "nothing_to_revise" },
        { new ReviseProductDetails("", null, null, null), "name", "name_invalid" },
        { new ReviseProductDetails(null, new string('d', 5_001), null, null), "description", "description_invalid" },
        { new ReviseProductDetails(null, null, "-", null), "category", "category_invalid" },
        { new ReviseProductDetails(null, null, null, new Dictionary<string, string?> { [""] = null }), "specifications", "specification_key_invalid" },
        { new ReviseProductDetails(null, null, null, new Dictionary<string, string?> { ["k"] = "\u001b" }), "specifications.k", "specification_value_invalid" },
        { new AdjustInventory(0, "counted"), "delta", "delta_out_of_range" },
        { new AdjustInventory(1_000_001, "counted"), "delta", "delta_out_of_range" },
        { new AdjustInventory(int.MinValue, "counted"), "delta", "delta_out_of_range" },
        { new AdjustInventory(1, ""), "reason", "reason_invalid" },
        { new AdjustInventory(1, new string('r', 501)), "reason", "reason_invalid" },
        { new AddProductImage(Guid.Empty, Front.Url, Front.Alt), "imageId", "image_id_missing" },
        { new AddProductImage(Front.ImageId, "ftp://images.example/a.jpg", Front.Alt), "url", "image_url_invalid" },
        { new AddProductImage(Front.ImageId, Front.Url, "two\nlines"), "alt", "image_alt_invalid" },
        { new RemoveProductImage(Guid.Empty), "imageId", "image_id_missing" },
        { new DeleteProduct(new string('r', 501)), "reason", "reason_invalid" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void It_may_not_go_beyond(IProductCommand command, string field, string code)
    {
        var violation = Assert.Single(command.Check());
        Assert.Equal((field, code), (violation.Field, violation.Code));
        Assert.NotEmpty(violation.Message);
    }

    [Fact]
    public void Every_broken_limit_is_named_at_once() => Assert.Equal(
        ["name", "price.amount", "price.amount", "price.currency", "quantity"],
        (Create with { Name = "", Price = new Money(10_000.001m, ""), Quantity = -1 }).Check().Select(violation => violation.Field));

    [Fact]
    public void The_largest_product_that_the_limits_allow_still_has_a_tip_of_a_few_kilobytes()
    {
        var decider = ShopDomain.Instance.DeciderOf(ItsStream)!;
        var largest = Created with
        {
            Description = new string('d', 5_000),
            Specifications = Enumerable.Range(1, 50).ToDictionary(i => $"{i:d60}", _ => new string('v', 500)),
            Images = [.. ImagesOf(20).Select(image => new ProductImage(image.ImageId, UrlOf(2_000), new string('a', 300)))],
        };
        Assert.InRange(decider.WriteState(decider.Evolve(decider.Initial, Created)).Length, 1, 400);
        Assert.InRange(decider.WriteState(decider.Evolve(decider.Initial, largest)).Length, 1, 6_000);
    }

    private static Dictionary<string, string> SpecificationsOf(int count) => Enumerable.Range(1, count).ToDictionary(i => $"key {i}", i => $"{i}");

    private static NewImage[] ImagesOf(int count) => [.. Enumerable.Range(2, count).Select(i => Image with { ImageId = new Guid(i, 0, 0, new byte[8]) })];

    private static string UrlOf(int length) => "https://images.example/".PadRight(length, 'x');
}
