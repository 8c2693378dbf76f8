using System.Text.Json.Serialization;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.QueryApi.Search;

/// <summary>A page of what was found.</summary>
/// <param name="Next">The cursor of the next page; null at the end.</param>
/// <param name="Partial">Whether a word stands in so many products that not all of them were looked at: another word would help.</param>
public sealed record SearchBody(
    IReadOnlyList<ProductSummary> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    bool Partial);
