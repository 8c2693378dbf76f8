using System.Text.Json.Serialization;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.QueryApi.Browse;

/// <summary>A page of a list.</summary>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record ProductListBody(
    IReadOnlyList<ProductSummary> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
