using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// The product as readers see it, version 2: everything of version 1, the price history, and the name in the form that
/// a search compares. One JSON object in camel case.
/// </summary>
[JsonConverter(typeof(ProductDocumentV2Converter))]
public sealed record ProductDocumentV2 : ProductDocument
{
    public ProductDocumentV2(ProductDocument product, IReadOnlyList<PricePoint> priceHistory, string searchName)
        : base(product) => (PriceHistory, SearchName) = (priceHistory, searchName);

    /// <summary>
    /// The latest <see cref="ProductProjectionV2.MostPrices"/> prices, the oldest first, in units of the product's
    /// currency.
    /// </summary>
    public IReadOnlyList<PricePoint> PriceHistory { get; init; }

    /// <summary>The words of the name in lower case and without marks, separated by blanks.</summary>
    public string SearchName { get; init; }
}

/// <summary>The time at which a product got a price.</summary>
public sealed record PricePoint(
    DateTimeOffset At,
    decimal Amount);

/// <summary>
/// Writes the new properties after those of version 1, so that a reader of version 1 can read version 2.
/// </summary>
internal sealed class ProductDocumentV2Converter : JsonConverter<ProductDocumentV2>
{
    public override ProductDocumentV2 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return new ProductDocumentV2(
            json.Deserialize(ProductJson.Default.ProductDocument)!,
            json.GetProperty("priceHistory").Deserialize(ProductJson.Default.IReadOnlyListPricePoint)!,
            json.GetProperty("searchName").GetString()!);
    }

    public override void Write(Utf8JsonWriter writer, ProductDocumentV2 value, JsonSerializerOptions options)
    {
        var json = JsonSerializer.SerializeToNode(value, ProductJson.Default.ProductDocument)!.AsObject();
        json["priceHistory"] = JsonSerializer.SerializeToNode(value.PriceHistory, ProductJson.Default.IReadOnlyListPricePoint);
        json["searchName"] = value.SearchName;
        json.WriteTo(writer);
    }
}
