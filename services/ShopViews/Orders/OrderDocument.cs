using System.Text.Json.Serialization;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>The order as its customer sees it. JSON in camel case.</summary>
/// <param name="Subtotal">The sum of the items in units of <paramref name="Currency"/>. Null, like discount, total and
/// currency, until every product has answered.</param>
/// <param name="Discount">The amount taken off the subtotal.</param>
/// <param name="Code">The stable code of a rejection in snake_case, otherwise null.</param>
/// <param name="Reason">Why it is held, was rejected or was cancelled, for people. Otherwise null.</param>
public sealed record OrderDocument(
    Guid Id,
    string Customer,
    OrderStatus Status,
    IReadOnlyList<OrderDocumentItem> Items,
    decimal? Subtotal,
    decimal? Discount,
    decimal? Total,
    string? Currency,
    string? Code,
    string? Reason,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <param name="UnitPrice">The product's price at the time of the reservation. Null, like the seller, until the product
/// answers.</param>
public sealed record OrderDocumentItem(
    Guid ProductId,
    int Quantity,
    decimal? UnitPrice,
    string? Seller);

[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Not all products have answered.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>The order waits for an operator.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>The order is sold.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>The order ended without a sale.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>The customer cancelled the order.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <summary>The stored JSON of orders, in camel case. Equal documents have equal JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OrderDocument))]
public sealed partial class OrderJson : JsonSerializerContext;
