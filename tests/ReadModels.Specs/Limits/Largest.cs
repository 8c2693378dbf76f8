using System.Globalization;
using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Limits;

/// <summary>The largest command of each type, with texts made of one character.</summary>
internal sealed class Largest(string character)
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Product = new("6579c22f-be2b-444c-a52b-0116dd82df6c");
    public static readonly Guid Order = new("0198c5a2-7c1e-7d43-9a55-1f7e1c0a9b52");
    public static readonly Actor Seller = new(new string('s', Subject.MaxLength), ShopRoles.Seller);
    public static readonly Actor OtherSeller = new(new string('o', Subject.MaxLength), ShopRoles.Seller);
    public static readonly Actor Customer = new(new string('c', Subject.MaxLength), ShopRoles.Customer);

    private static readonly string Hash = new('h', CustomerLimits.MaxSealedEmail);
    private static readonly Sealed Email = new(Customer.Id, Hash);

    /// <summary>
    /// Characters of one to four bytes in UTF-8, some that JSON escapes, and some that .NET would escape.
    /// </summary>
    public static TheoryData<string> Characters => new("x", "\"", "<", "ß", "日", "ﷺ", "😀");

    /// <summary>One command of every type.</summary>
    public IReadOnlyList<ICommand> Commands =>
    [
        Create(imagesFirst: false),
        Create(imagesFirst: true),
        new UpdateProductPrice(new Money(9_999.99m, "USD")),
        Revise(),
        new AdjustInventory(-ProductLimits.MaxQuantity, Text(ProductLimits.MaxReason)),
        Image(1),
        new RemoveProductImage(Product),
        new DeleteProduct(Text(ProductLimits.MaxReason)),
        Reserve(1),
        new ReleaseStock(Order, Noon),
        new CompleteReservation(Order),
        new ReturnStock(Order, ProductLimits.MaxQuantity),
        new WatchPrice(Product, Customer.Id, Email),
        new UnwatchPrice(Product, Customer.Id),
        CreateOrder,
        new CancelOrder(Text(OrderLimits.MaxReason)),
        new ApproveOrder(),
        new RejectOrder(Text(OrderLimits.MaxReason)),
        Reservation(CreateOrder.Items[0]),
        new RecordDecline(Product, ProductRefusals.TooManyReservations, "There are only 1000000 in stock."),
        new ExpireOrder(),
        new RefuseOrder(CustomerRefusals.UserDeactivated, "The customer was deactivated."),
        Purchase(Order),
        new WithdrawPurchase(Product, Customer.Id, Order),
        Review,
        new ApproveReview(),
        new RejectReview(Text(ReviewLimits.MaxReason)),
        new RegisterUser(Email, new Sealed(Customer.Id, new string('n', Sealed.LengthOf(CustomerLimits.MaxName)))),
        new ChangeUserEmail(Email),
        new DeactivateUser(Text(CustomerLimits.MaxReason)),
    ];

    public static CreateOrder CreateOrder => new([.. Enumerable.Range(1, OrderLimits.MaxItems).Select(i => new OrderLine(Id(i), OrderLimits.MaxQuantity))], Email);

    public static SubmitReview Review => new(
        Product,
        Customer.Id,
        ReviewLimits.MaxStars,
        new Sealed(Customer.Id, new string('t', Sealed.LengthOf(ReviewLimits.MaxTitle))),
        new Sealed(Customer.Id, new string('w', Sealed.LengthOf(ReviewLimits.MaxText))));

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static RecordReservation Reservation(OrderLine line) => new(line.ProductId, line.Quantity, new Money(9_999.99m, "USD"), Seller.Id);

    public static RecordPurchase Purchase(Guid order) => new(Product, Customer.Id, Seller.Id, order);

    public static ReserveStock Reserve(int order) => new(Id(order), 1, Noon.AddDays(1));

    /// <summary>Creates a product with texts up to their common limit.</summary>
    public CreateProduct Create(bool imagesFirst)
    {
        var create = new CreateProduct(Text(ProductLimits.MaxName), Text(ProductLimits.MaxDescription), new string('c', ProductLimits.MaxCategory), new Money(9_999.99m, "USD"), ProductLimits.MaxQuantity, new string('W', ProductLimits.MaxWarehouse), new Dictionary<string, string>(), []);
        var left = ProductLimits.MaxBytes - PlainJson.BytesOf(create.Name + create.Description + create.Category);
        var images = imagesFirst ? Images(ref left) : [];
        var specifications = Specifications(ref left);
        return create with { Specifications = specifications, Images = imagesFirst ? images : Images(ref left) };
    }

    public ReviseProductDetails Revise()
    {
        var left = ProductLimits.MaxBytes - PlainJson.BytesOf(Text(ProductLimits.MaxDescription) + Text(ProductLimits.MaxName)) - ProductLimits.MaxCategory;
        return new ReviseProductDetails(Text(ProductLimits.MaxName), Text(ProductLimits.MaxDescription), new string('d', ProductLimits.MaxCategory), Specifications(ref left).ToDictionary(one => one.Key, one => (string?)one.Value));
    }

    public AddProductImage Image(int number) => new(Id(number), $"https://images.example/{number}?".PadRight(ProductLimits.MaxImageUrl, '&'), Text(ProductLimits.MaxImageAlt));

    /// <summary>Every text at its own limit, from a time without a common limit.</summary>
    public ProductCreated Old()
    {
        var without = int.MaxValue;
        return new ProductCreated(
            Seller.Id,
            Text(ProductLimits.MaxName),
            Text(ProductLimits.MaxDescription),
            new string('c', ProductLimits.MaxCategory),
            new Money(9_999.99m, "USD"),
            ProductLimits.MaxQuantity,
            new string('W', ProductLimits.MaxWarehouse),
            Specifications(ref without),
            [.. Images(ref without).Select(image => new ProductImage(image.ImageId, image.Url, image.Alt))]);
    }

    /// <summary>Returns a text of maximum length, in distinct words.</summary>
    private string Text(int length)
    {
        const int Word = 40;
        var text = new StringBuilder();
        for (var i = 0; text.Length < length; i++)
        {
            var word = i.ToString(CultureInfo.InvariantCulture);
            while (word.Length + character.Length <= Word) word += character;
            text.Append(word).Append(' ');
        }

        var cut = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text.ToString(0, cut);
    }

    private Dictionary<string, string> Specifications(ref int left)
    {
        Dictionary<string, string> specifications = [];
        while (specifications.Count < ProductLimits.MaxSpecifications)
        {
            var (key, value) = ($"{specifications.Count}{Text(ProductLimits.MaxSpecificationKey)}"[..ProductLimits.MaxSpecificationKey].TrimEnd('\ud83d'), Text(ProductLimits.MaxSpecificationValue));
            left -= PlainJson.BytesOf(key) + PlainJson.BytesOf(value);
            if (left < 0) break;
            specifications[key] = value;
        }

        left = Math.Max(0, left);
        return specifications;
    }

    private List<NewImage> Images(ref int left)
    {
        List<NewImage> images = [];
        while (images.Count < ProductLimits.MaxImages)
        {
            var image = Image(images.Count + 1);
            left -= PlainJson.BytesOf(image.Url) + PlainJson.BytesOf(image.Alt);
            if (left < 0) break;
            images.Add(new NewImage(image.ImageId, image.Url, image.Alt));
        }

        left = Math.Max(0, left);
        return images;
    }
}
