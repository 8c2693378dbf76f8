using System.Text.Json.Serialization;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>What of a product can be searched.</summary>
/// <param name="Specifications">By name: the first words of each.</param>
/// <param name="Description">Its first words, each once.</param>
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
    /// <summary>Whether a search can find it: all but the canary's.</summary>
    [JsonIgnore]
    public bool IsListed => Id != CanaryProduct.Id;
}

/// <summary>The JSON of what can be searched, camelCase, as it is stored. Equal documents have equal JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchDocument))]
public sealed partial class SearchJson : JsonSerializerContext;
