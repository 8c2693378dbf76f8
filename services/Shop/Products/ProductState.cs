using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>What decisions about a product need to know, and no more: it lies in the tip and is written with every commit. Texts are kept as fingerprints.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(OnSale), "onSale")]
[JsonDerivedType(typeof(Deleted), "deleted")]
public abstract record ProductState
{
    private ProductState()
    {
    }

    /// <summary>No such product yet.</summary>
    public sealed record Unknown : ProductState;

    /// <summary>A product that is on sale.</summary>
    /// <param name="Created">The fingerprint of its <see cref="ProductCreated"/>: tells a create that comes again from another one.</param>
    /// <param name="Seller">The subject of the one seller who may change it.</param>
    /// <param name="Quantity">Pieces in stock that nobody has reserved.</param>
    /// <param name="Specifications">The value by key, in ordinal order, so that equal states are equal as JSON.</param>
    /// <param name="Images">Url and text by image id, ordered as well.</param>
    /// <param name="Reservations">Pieces that are set aside, by order, ordered as well: no longer in <paramref name="Quantity"/>, not sold yet.</param>
    /// <param name="Barred">Orders that ended before their reservation came, and until when it could yet come; ordered as well. They are the last <see cref="ProductLimits.MaxBarred"/>.</param>
    /// <param name="BarredThrough">The latest time of those that are no longer named: a reservation that would have to be made by then is refused, whosever it is. So the tip stays small whatever happens, no order that ended gets
    /// anything, and at worst one that waited longer than so many others ended is rejected. Null where all are named.</param>
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
        /// <summary>What <see cref="ProductLimits.MaxBytes"/> limits.</summary>
        [JsonIgnore]
        public int Bytes =>
            Name.Bytes + Description.Bytes + Category.Bytes
            + Specifications.Sum(specification => PlainJson.BytesOf(specification.Key) + specification.Value.Bytes)
            + Images.Values.Sum(image => image.Bytes);
    }

    /// <summary>Off sale for good.</summary>
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
