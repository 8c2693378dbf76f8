using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>What one customer has to do with one product: what they bought gives the right to a review, and what they wrote is one. Their words stay sealed in the store.</summary>
/// <param name="Seller">Who decides on the review; null before the first purchase was told.</param>
/// <param name="Review">Null before it is written.</param>
public sealed record ReviewDocument(
    Guid Id,
    Guid ProductId,
    string Customer,
    string? Seller,
    WrittenReview? Review,
    long Version,
    DateTimeOffset UpdatedAt);

/// <param name="DecidedAt">When it was approved or rejected; null while it is pending.</param>
/// <param name="Reason">Why it was rejected; null otherwise.</param>
public sealed record WrittenReview(
    int Stars,
    Sealed Title,
    Sealed Text,
    ReviewStatus Status,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? DecidedAt,
    string? Reason);

[JsonConverter(typeof(JsonStringEnumConverter<ReviewStatus>))]
public enum ReviewStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("approved")]
    Approved,

    [JsonStringEnumMemberName("rejected")]
    Rejected,
}

/// <summary>The JSON of reviews, camelCase, as they are stored. Equal documents have equal JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewDocument))]
public sealed partial class ReviewJson : JsonSerializerContext;
