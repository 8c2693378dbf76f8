using System.Text.Json.Serialization;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>The order as its customer gets it. JSON in camelCase.</summary>
/// <param name="Subtotal">What the items cost together, in units of <paramref name="Currency"/>; null, as discount, total and currency are, before every product has answered.</param>
/// <param name="Discount">What was taken off the subtotal.</param>
/// <param name="Code">Why it was rejected, stable, in snake_case; null otherwise.</param>
/// <param name="Reason">Why it is held, was rejected or was cancelled, for a person; null otherwise.</param>
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

/// <param name="UnitPrice">The product's price when it set the pieces aside; null, as the seller is, before it answered.</param>
public sealed record OrderDocumentItem(
    Guid ProductId,
    int Quantity,
    decimal? UnitPrice,
    string? Seller);

[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Its products have not all answered.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>It waits for an operator.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>It is sold.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>It ended without a sale.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Its customer ended it.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <summary>The JSON of orders, camelCase, as they are stored. Equal documents have equal JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OrderDocument))]
public sealed partial class OrderJson : JsonSerializerContext;
