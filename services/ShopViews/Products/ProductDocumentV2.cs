using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The product as readers get it, version 2: all that version 1 says, how the price came to be, and the name as a search compares it. One JSON object, in camelCase.</summary>
[JsonConverter(typeof(ProductDocumentV2Converter))]
public sealed record ProductDocumentV2 : ProductDocument
{
    public ProductDocumentV2(ProductDocument product, IReadOnlyList<PricePoint> priceHistory, string searchName)
        : base(product) => (PriceHistory, SearchName) = (priceHistory, searchName);

    /// <summary>The oldest first; the newest <see cref="ProductProjectionV2.MostPrices"/>. Amounts in units of the product's currency.</summary>
    public IReadOnlyList<PricePoint> PriceHistory { get; init; }

    /// <summary>The words of the name, in lower case and without marks, parted by blanks.</summary>
    public string SearchName { get; init; }
}

/// <summary>From then on a product had this price.</summary>
public sealed record PricePoint(
    DateTimeOffset At,
    decimal Amount);

/// <summary>Writes what is new behind the properties of version 1, so that a reader of version 1 can read version 2.</summary>
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
