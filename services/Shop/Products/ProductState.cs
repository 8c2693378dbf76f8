using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// The state for decisions about a product. It is kept small, because the tip contains it and every commit writes it.
/// Texts are stored as fingerprints.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(OnSale), "onSale")]
[JsonDerivedType(typeof(Deleted), "deleted")]
public abstract record ProductState
{
    private ProductState()
    {
    }

    /// <summary>The product does not exist yet.</summary>
    public sealed record Unknown : ProductState;

    /// <summary>A product that is on sale.</summary>
    /// <param name="Created">The fingerprint of its <see cref="ProductCreated"/>, which recognizes a repeated
    /// create.</param>
    /// <param name="Seller">The subject of the only seller who may change it.</param>
    /// <param name="Quantity">The unreserved pieces in stock.</param>
    /// <param name="Specifications">The values by key, in ordinal order, so that equal states give equal JSON.</param>
    /// <param name="Images">Url and text by image id, in order.</param>
    /// <param name="Reservations">The reserved pieces by order id, in order. They are not part of <paramref
    /// name="Quantity"/> and not sold yet.</param>
    /// <param name="Barred">Ended orders whose reservation may still arrive, each with the latest time of arrival, in
    /// order. These are the last <see cref="ProductLimits.MaxBarred"/>.</param>
    /// <param name="BarredThrough">The latest time of the orders dropped from <paramref name="Barred"/>, or null if
    /// none was dropped. Every reservation that must be made by then is declined. So the tip stays small, and no ended
    /// order reserves pieces. At worst, an order is rejected that waited while many others ended.</param>
    public sealed record OnSale(
        string Created,
        string Seller,
        Money Price,
        int Quantity,
        TextPrint Name,
        TextPrint Description,
        TextPrint Category,
        IReadOnlyDictionary<string, TextPrint> Specifications,
        IReadOnlyDictionary<Guid, TextPrint> Images,
        IReadOnlyDictionary<Guid, int> Reservations,
        IReadOnlyDictionary<Guid, DateTimeOffset> Barred,
        DateTimeOffset? BarredThrough) : ProductState
    {
        /// <summary>The bytes that <see cref="ProductLimits.MaxBytes"/> limits.</summary>
        [JsonIgnore]
        public int Bytes =>
            Name.Bytes + Description.Bytes + Category.Bytes
            + Specifications.Sum(specification => PlainJson.BytesOf(specification.Key) + specification.Value.Bytes)
            + Images.Values.Sum(image => image.Bytes);
    }

    /// <summary>The product is off sale permanently.</summary>
    public sealed record Deleted(string Seller) : ProductState;

    internal static TextPrint PrintOf(ProductImage image) => TextPrint.Of(image.Url, image.Alt);

    internal static string FingerprintOf(ProductCreated created) => Fingerprint.Of(
    [
        created.Seller,
        created.Name,
        created.Description,
        created.Category,
        created.Price.Amount.ToString("0.##", CultureInfo.InvariantCulture),
        created.Price.Currency,
        created.Quantity.ToString(CultureInfo.InvariantCulture),
        created.Warehouse,
        created.Specifications.Count.ToString(CultureInfo.InvariantCulture),
        .. created.Specifications.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => new[] { entry.Key, entry.Value }),
        .. created.Images.SelectMany(image => new[] { image.ImageId.ToString(), image.Url, image.Alt }),
    ]);
}
