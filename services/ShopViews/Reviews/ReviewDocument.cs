using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>
/// One customer's purchases and review of one product. Purchases allow a review. The review's words stay sealed in the
/// store.
/// </summary>
/// <param name="Seller">The seller who decides on the review, or null before the first purchase is recorded.</param>
/// <param name="Review">Null before the review is written.</param>
public sealed record ReviewDocument(
    Guid Id,
    Guid ProductId,
    string Customer,
    string? Seller,
    WrittenReview? Review,
    long Version,
    DateTimeOffset UpdatedAt);

/// <param name="DecidedAt">The time of the approval or rejection, or null while pending.</param>
/// <param name="Reason">The reason of a rejection, otherwise null.</param>
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

/// <summary>The stored JSON of reviews, in camel case. Equal documents have equal JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewDocument))]
public sealed partial class ReviewJson : JsonSerializerContext;
