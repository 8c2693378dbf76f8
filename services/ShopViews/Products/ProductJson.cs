using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// The stored JSON of product documents, summaries and ratings, in camel case. Equal documents have equal JSON.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProductDocument))]
[JsonSerializable(typeof(ProductDocumentV2))]
[JsonSerializable(typeof(IReadOnlyList<PricePoint>))]
[JsonSerializable(typeof(ProductSummary))]
[JsonSerializable(typeof(ReviewRating))]
public sealed partial class ProductJson : JsonSerializerContext
{
    public static string Write(ProductDocument document) => PlainJson.Write(document, Default.ProductDocument);

    public static ProductDocument ReadDocument(string json) => JsonSerializer.Deserialize(json, Default.ProductDocument) ?? throw new JsonException("The document is null.");

    public static string Write(ProductSummary summary) => PlainJson.Write(summary, Default.ProductSummary);

    public static ProductSummary ReadSummary(string json) => JsonSerializer.Deserialize(json, Default.ProductSummary) ?? throw new JsonException("The summary is null.");
}
