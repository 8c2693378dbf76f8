using System.Globalization;
using System.Text.Json.Serialization;

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
    /// <param name="Quantity">Pieces in stock.</param>
    /// <param name="Name">Fingerprint.</param>
    /// <param name="Description">Fingerprint.</param>
    /// <param name="Category">Fingerprint.</param>
    /// <param name="Specifications">Fingerprint of the value by key, in ordinal order, so that equal states are equal as JSON.</param>
    /// <param name="Images">Fingerprint of url and text by image id, ordered as well.</param>
    public sealed record OnSale(
        string Created,
        string Seller,
        Money Price,
        int Quantity,
        string Name,
        string Description,
        string Category,
        IReadOnlyDictionary<string, string> Specifications,
        IReadOnlyDictionary<Guid, string> Images) : ProductState;

    /// <summary>Off sale for good.</summary>
    public sealed record Deleted(string Seller) : ProductState;

    internal static string FingerprintOf(ProductImage image) => Fingerprint.Of(image.Url, image.Alt);

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
