using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

/// <summary>All texts of a product together take at most <see cref="ProductLimits.MaxBytes"/> of JSON in UTF-8.</summary>
public class ProductSizeSpecs
{
    private const int Max = ProductLimits.MaxBytes;

    [Fact]
    public void Every_ASCII_text_at_its_own_limit_fits()
    {
        var create = Create with
        {
            Name = new string('n', ProductLimits.MaxName),
            Description = new string('<', ProductLimits.MaxDescription),
            Category = new string('c', ProductLimits.MaxCategory),
            Specifications = Specifications(ProductLimits.MaxSpecifications, 'k', 'v'),
            Images = [.. Enumerable.Range(1, ProductLimits.MaxImages).Select(i => new NewImage(new Guid(i, 0, 0, new byte[8]), "https://images.example/".PadRight(ProductLimits.MaxImageUrl, 'x'), new string('a', ProductLimits.MaxImageAlt)))],
        };

        Assert.Empty(create.Check());
    }

    [Fact]
    public void Create_is_refused_beyond_the_limit_and_allowed_at_it()
    {
        Assert.Empty(Padded(Max).Check());
        Assert.Equal("product_too_large", Assert.Single(Padded(Max + 1).Check()).Code);
        Given().When(Padded(Max + 1), Ada).ThenRefused("product_too_large");
    }

    [Fact]
    public void Bytes_count_not_characters()
    {
        var wide = Create with { Specifications = Specifications(ProductLimits.MaxSpecifications, 'k', '日') };
        Assert.Empty((wide with { Specifications = Specifications(40, 'k', '日') }).Check());
        Assert.Equal("product_too_large", Assert.Single((wide with { Description = new string('日', 5_000) }).Check()).Code);
        Assert.Equal("product_too_large", Assert.Single(new ReviseProductDetails(null, new string('日', 5_000), null, wide.Specifications.ToDictionary(one => one.Key, one => (string?)one.Value)).Check()).Code);
    }

    [Fact]
    public void Revision_that_would_grow_the_product_beyond_the_limit_is_refused()
    {
        var full = Created(Padded(Max));
        Given(full).When(new ReviseProductDetails(full.Name + "!", null, null, null), Ada).ThenRefused("product_too_large");
        var empty = full.Specifications.First(one => one.Value.Length == 0).Key;
        Given(full).When(new ReviseProductDetails(null, null, null, new Dictionary<string, string?> { [empty] = "v" }), Ada).ThenRefused("product_too_large");
        Given(full).When(new ReviseProductDetails(full.Name[1..], null, null, null), Ada).Then(new ProductDetailsRevised(full.Name[1..], null, null, null));
        // One field can use what another gives up.
        var swap = new ReviseProductDetails(full.Name[2..], null, "clothes".PadRight(full.Category.Length + 2, 's'), null);
        Given(full).When(swap, Ada).Then(new ProductDetailsRevised(swap.Name, null, swap.Category, null));
    }

    [Fact]
    public void Image_that_would_grow_the_product_beyond_the_limit_is_refused()
    {
        var add = new AddProductImage(Back.ImageId, Back.Url, Back.Alt);
        var room = Back.Url.Length + Back.Alt.Length;
        Given(Created(Padded(Max - room + 1))).When(add, Ada).ThenRefused("product_too_large");
        Given(Created(Padded(Max - room))).When(add, Ada).Then(new ProductImageAdded(Back));
        Given(Created(Padded(Max)), new ProductImageRemoved(Front.ImageId)).When(new AddProductImage(Front.ImageId, Front.Url, Front.Alt), Ada).Then(new ProductImageAdded(Front));
    }

    /// <summary>A product from the time before the common limit.</summary>
    [Fact]
    public void Product_beyond_the_limit_can_still_shrink_and_change_otherwise()
    {
        var old = Backpack.Created with { Specifications = Specifications(ProductLimits.MaxSpecifications, 'k', '日'), Description = new string('日', 5_000) };
        var first = old.Specifications.Keys.First();

        Given(old).When(new ReviseProductDetails(null, new string('本', 5_000), null, null), Ada).Then(new ProductDetailsRevised(null, new string('本', 5_000), null, null));
        Given(old).When(new ReviseProductDetails(null, "", null, null), Ada).Then(new ProductDetailsRevised(null, "", null, null));
        Given(old).When(new ReviseProductDetails(null, null, null, new Dictionary<string, string?> { [first] = null }), Ada)
            .Then(new ProductDetailsRevised(null, null, null, new Dictionary<string, string?> { [first] = null }));
        Given(old).When(new ReviseProductDetails(old.Name + "!", null, null, null), Ada).ThenRefused("product_too_large");
        Given(old).When(new AddProductImage(Back.ImageId, Back.Url, Back.Alt), Ada).ThenRefused("product_too_large");
        Given(old).When(new UpdateProductPrice(Usd(80)), Ada).Then(new ProductPriceUpdated(Usd(100), Usd(80)));
        Given(old).When(new AdjustInventory(-3, "damaged"), Ada).Then(new InventoryAdjusted(-3, 12, "damaged"));
        Given(old).When(new RemoveProductImage(Front.ImageId), Ada).Then(new ProductImageRemoved(Front.ImageId));
        Given(old).When(new DeleteProduct("sold out"), Ada).Then(new ProductDeleted("sold out", 15));
    }

    [Fact]
    public void Product_with_more_specifications_than_allowed_can_lose_some()
    {
        var old = Backpack.Created with { Specifications = Specifications(ProductLimits.MaxSpecifications + 2, 'k', 'v') };
        var keys = old.Specifications.Keys.ToList();

        Given(old).When(new ReviseProductDetails(null, null, null, new Dictionary<string, string?> { [keys[0]] = null }), Ada)
            .Then(new ProductDetailsRevised(null, null, null, new Dictionary<string, string?> { [keys[0]] = null }));
        Given(old).When(new ReviseProductDetails(null, null, null, new Dictionary<string, string?> { ["new"] = "" }), Ada).ThenRefused("too_many_specifications");
    }

    /// <summary>Creates a product with texts of this many bytes.</summary>
    private static CreateProduct Padded(int bytes)
    {
        var create = Create with { Description = new string('"', 5_000), Specifications = Specifications(ProductLimits.MaxSpecifications, 'k', '日') };
        var left = bytes - BytesOf(create);
        foreach (var key in create.Specifications.Keys.Reverse().ToList())
        {
            if (left >= 0) break;
            var specifications = create.Specifications.ToDictionary();
            specifications[key] = "";
            create = create with { Specifications = specifications };
            left = bytes - BytesOf(create);
            if (left < 0) continue;
            specifications[key] = new string('v', Math.Min(left, ProductLimits.MaxSpecificationValue));
            create = create with { Specifications = specifications };
            left = bytes - BytesOf(create);
        }

        var images = create.Images.ToList();
        for (var i = 2; left > 0; i++)
        {
            var url = "https://images.example/".PadRight(Math.Min(left, ProductLimits.MaxImageUrl), 'x');
            images.Add(new NewImage(new Guid(i, 0, 0, new byte[8]), url, ""));
            left -= url.Length;
        }

        Assert.Equal(bytes, BytesOf(create with { Images = images }));
        return create with { Images = images };
    }

    private static int BytesOf(CreateProduct create) =>
        PlainJson.BytesOf(create.Name + create.Description + create.Category) + create.Specifications.Sum(one => PlainJson.BytesOf(one.Key + one.Value)) + create.Images.Sum(image => PlainJson.BytesOf(image.Url + image.Alt));

    private static ProductCreated Created(CreateProduct create) => Backpack.Created with
    {
        Name = create.Name,
        Description = create.Description,
        Specifications = create.Specifications,
        Images = [.. create.Images.Select(image => new ProductImage(image.ImageId, image.Url, image.Alt))],
    };

    private static Dictionary<string, string> Specifications(int count, char key, char value) =>
        Enumerable.Range(1, count).ToDictionary(i => $"{i}".PadRight(ProductLimits.MaxSpecificationKey, key), _ => new string(value, ProductLimits.MaxSpecificationValue));
}
