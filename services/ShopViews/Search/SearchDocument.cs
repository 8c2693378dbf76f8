using System.Text.Json.Serialization;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>The searchable content of a product.</summary>
/// <param name="Specifications">The first words of each specification, by name.</param>
/// <param name="Description">The first distinct words of the description.</param>
public sealed record SearchDocument(
    Guid Id,
    string Name,
    string Category,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Specifications,
    IReadOnlyList<string> Description,
    decimal Price,
    long Version,
    DateTimeOffset CreatedAt)
{
    /// <summary>True if a search can find it. Only the canary's product is hidden.</summary>
    [JsonIgnore]
    public bool IsListed => Id != CanaryProduct.Id;
}

/// <summary>The stored JSON of searchable content, in camel case. Equal documents have equal JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchDocument))]
public sealed partial class SearchJson : JsonSerializerContext;
