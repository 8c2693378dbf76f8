using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Products.ProductRefusals;
using static ServerlessCqrs.Streams.Texts;
using static ServerlessCqrs.Streams.Violation;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// The limits of product commands, independent of the product's state. Lengths are in UTF-16 characters.
/// </summary>
public static partial class ProductLimits
{
    public const int MaxName = 200;
    public const int MaxDescription = 5_000;
    public const int MaxCategory = 50;
    public const int MaxWarehouse = 50;
    public const int MaxQuantity = 1_000_000;
    public const int MaxSpecifications = 50;
    public const int MaxSpecificationKey = 60;
    public const int MaxSpecificationValue = 500;
    public const int MaxImages = 20;
    public const int MaxImageUrl = 2_000;
    public const int MaxImageAlt = 300;
    public const int MaxReason = 500;
    public const int PriceDigits = 2;

    /// <summary>
    /// The maximum bytes of all texts of a product together, as JSON in UTF-8: name, description, category,
    /// specifications and images. ASCII texts that each reach their own limit fit. A command of this size fits a record
    /// of the command stream, and the document fits an item of the read model (see <c>StoreLimits</c> in the event
    /// store).
    /// </summary>
    public const int MaxBytes = 80 * 1024;

    /// <summary>
    /// The maximum number of orders with reserved pieces. This many take about 40 KB of a tip. An order reserves for
    /// about a second, and a shard accepts only 1,000 commands per second. A held order reserves until an operator
    /// decides.
    /// </summary>
    public const int MaxReservations = 1_000;

    /// <summary>
    /// The number of ended orders that a product remembers, to decline their late reservations. They take 2 KB of a
    /// tip. See <see cref="ProductState.OnSale"/>.
    /// </summary>
    public const int MaxBarred = 32;

    /// <summary>In units of the price's currency.</summary>
    public const decimal MaxPrice = 10_000m;

    /// <summary>
    /// The currencies in which a product can be sold: ISO 4217 codes whose minor unit is a hundredth (see <see
    /// cref="PriceDigits"/>).
    /// </summary>
    public static readonly IReadOnlyList<string> Currencies = ["AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "INR", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "USD", "ZAR"];

    internal static readonly string TooLarge = string.Create(
        CultureInfo.InvariantCulture,
        $"The texts of a product take at most {MaxBytes:N0} bytes of JSON in UTF-8, all together: name, description, category, specifications and images.");

    /// <summary>Returns every limit that the command breaks.</summary>
    public static IEnumerable<Violation> Check(IProductCommand command) => command switch
    {
        CreateProduct create =>
        [
            .. Name(create.Name),
            .. Description(create.Description),
            .. Category(create.Category),
            .. Price("price.amount", "price.currency", create.Price),
            .. Unless(create.Quantity is >= 0 and <= MaxQuantity, "quantity", QuantityOutOfRange, $"A quantity is 0 to {MaxQuantity}."),
            .. Unless(Warehouse().IsMatch(create.Warehouse), "warehouse", WarehouseInvalid, $"A warehouse is 1 to {MaxWarehouse} letters, digits, dashes and underscores, and begins with a letter or digit."),
            .. Specifications(create.Specifications, removable: false),
            .. Images(create.Images),
            .. Size(BytesOf(create)),
        ],
        UpdateProductPrice update => Price("amount", "currency", update.Price),
        ReviseProductDetails revise =>
        [
            .. Unless(revise is not { Name: null, Description: null, Category: null, Specifications: null }, "", NothingToRevise, "At least one of name, description, category and specifications is needed."),
            .. revise.Name is { } name ? Name(name) : [],
            .. revise.Description is { } description ? Description(description) : [],
            .. revise.Category is { } category ? Category(category) : [],
            .. revise.Specifications is { } specifications ? Specifications(specifications, removable: true) : [],
            .. Size(BytesOf(revise)),
        ],
        AdjustInventory adjust =>
        [
            .. Unless(adjust.Delta is not 0 and >= -MaxQuantity and <= MaxQuantity, "delta", DeltaOutOfRange, $"A delta is -{MaxQuantity} to {MaxQuantity}, and not 0."),
            .. Reason(adjust.Reason, min: 1),
        ],
        AddProductImage add => Image("", add.ImageId, add.Url, add.Alt),
        RemoveProductImage remove => ImageId("imageId", remove.ImageId),
        DeleteProduct delete => Reason(delete.Reason, min: 0),
        ReserveStock reserve => Pieces(reserve.Quantity),
        ReturnStock giveBack => Pieces(giveBack.Quantity),
        _ => throw new InvalidOperationException($"There are no limits for {command.GetType()}."),
    };

    private static IEnumerable<Violation> Size(int bytes) => Unless(bytes <= MaxBytes, "", ProductTooLarge, TooLarge);

    private static int BytesOf(CreateProduct create) =>
        BytesOf(create.Name) + BytesOf(create.Description) + BytesOf(create.Category)
        + create.Specifications.Sum(specification => BytesOf(specification.Key) + BytesOf(specification.Value))
        + create.Images.Sum(image => BytesOf(image?.Url) + BytesOf(image?.Alt));

    private static int BytesOf(ReviseProductDetails revise) =>
        BytesOf(revise.Name) + BytesOf(revise.Description) + BytesOf(revise.Category)
        + (revise.Specifications?.Sum(specification => BytesOf(specification.Key) + BytesOf(specification.Value)) ?? 0);

    private static int BytesOf(string? text) => text is null ? 0 : PlainJson.BytesOf(text);

    private static IEnumerable<Violation> Name(string name) =>
        Unless(IsLine(name, 1, MaxName), "name", NameInvalid, $"A name is one line of 1 to {MaxName} characters. {Rule}");

    private static IEnumerable<Violation> Description(string description) =>
        Unless(IsLines(description, 0, MaxDescription), "description", DescriptionInvalid, $"A description is at most {MaxDescription} characters; line ends and tabs are allowed. {Rule}");

    private static IEnumerable<Violation> Category(string category) => Unless(
        category.Length <= MaxCategory && CategoryWords().IsMatch(category), "category", CategoryInvalid, $"A category is lower-case letters and digits in words joined by a dash or a space, at most {MaxCategory} characters.");

    // Every price change runs this, so messages are created only for broken limits.
    private static IEnumerable<Violation> Price(string amount, string currency, Money price)
    {
        if (price.Amount <= 0) yield return new Violation(amount, PriceNotPositive, "A price is above zero.");
        if (price.Amount > MaxPrice) yield return new Violation(amount, PriceTooHigh, $"A price is at most {MaxPrice:0}.");
        if (decimal.Round(price.Amount, PriceDigits) != price.Amount) yield return new Violation(amount, PriceTooPrecise, $"A price has at most {PriceDigits} digits after the point.");
        if (!Currencies.Contains(price.Currency)) yield return new Violation(currency, CurrencyUnknown, $"A currency is one of {string.Join(", ", Currencies)}.");
    }

    private static IEnumerable<Violation> Specifications<T>(IReadOnlyDictionary<string, T> specifications, bool removable)
    {
        if (specifications.Count > MaxSpecifications)
            yield return new Violation("specifications", TooManySpecifications, $"A product has at most {MaxSpecifications} specifications.");
        foreach (var (key, value) in specifications.Take(MaxSpecifications))
        {
            // What is stored can be removed, even if it could not be stored today.
            if (!(value is null && removable ? MayBeStoredLine(key, 1, MaxSpecificationKey) : IsLine(key, 1, MaxSpecificationKey)))
                yield return new Violation("specifications", SpecificationKeyInvalid, $"The name of a specification is one line of 1 to {MaxSpecificationKey} characters. {Rule}");
            else if (value is string text ? !IsLine(text, 0, MaxSpecificationValue) : !removable)
                yield return new Violation($"specifications.{key}", SpecificationValueInvalid, $"A specification is one line of at most {MaxSpecificationValue} characters. {Rule}");
        }
    }

    private static IEnumerable<Violation> Images(IReadOnlyList<NewImage> images)
    {
        if (images.Count > MaxImages) return [new Violation("images", TooManyImages, $"A product has at most {MaxImages} images.")];
        return images.SelectMany((image, i) => image is null
            ? [new Violation($"images[{i}]", ImageInvalid, "An image has an url and an alt.")]
            : Image($"images[{i}].", image.ImageId, image.Url, image.Alt).Concat(
                Unless(images.Take(i).All(earlier => earlier?.ImageId != image.ImageId), $"images[{i}].imageId", ImageIdRepeated, "Every image has an id of its own.")));
    }

    private static IEnumerable<Violation> Image(string path, Guid id, string url, string alt) =>
    [
        .. ImageId($"{path}imageId", id),
        .. Unless(IsHttps(url), $"{path}url", ImageUrlInvalid, $"An image's url is absolute, https, and at most {MaxImageUrl} characters."),
        .. Unless(IsLine(alt, 0, MaxImageAlt), $"{path}alt", ImageAltInvalid, $"An image's alt is one line of at most {MaxImageAlt} characters. {Rule}"),
    ];

    private static IEnumerable<Violation> ImageId(string field, Guid id) => Unless(id != Guid.Empty, field, ImageIdMissing, "An image's id is a UUID that is not all zeros.");

    private static IEnumerable<Violation> Pieces(int quantity) => Unless(quantity is >= 1 and <= MaxQuantity, "quantity", QuantityOutOfRange, $"A quantity is 1 to {MaxQuantity}.");

    private static IEnumerable<Violation> Reason(string reason, int min) =>
        Unless(IsLine(reason, min, MaxReason), "reason", ReasonInvalid, $"A reason is one line of {min} to {MaxReason} characters. {Rule}");

    private static bool IsHttps(string url) =>
        url.Length <= MaxImageUrl && Uri.IsWellFormedUriString(url, UriKind.Absolute) && new Uri(url) is { Scheme: "https", UserInfo: "" };

    [GeneratedRegex(@"^[a-z0-9]+(?:[ -][a-z0-9]+)*\z")]
    private static partial Regex CategoryWords();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,49}\z")]
    private static partial Regex Warehouse();
}
