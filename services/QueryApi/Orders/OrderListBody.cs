using System.Text.Json.Serialization;
using ServerlessCqrs.ShopViews.Orders;

namespace ServerlessCqrs.QueryApi.Orders;

/// <summary>A page of a customer's orders.</summary>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record OrderListBody(
    IReadOnlyList<OrderDocument> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
