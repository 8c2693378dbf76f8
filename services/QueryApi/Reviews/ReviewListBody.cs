using System.Text.Json.Serialization;

namespace ServerlessCqrs.QueryApi.Reviews;

/// <summary>A page of a product's reviews.</summary>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record ReviewListBody(
    IReadOnlyList<ApprovedReview> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>A review as everybody may read it: who wrote it stays out.</summary>
/// <param name="Title">Null, as the text is, where its author was erased.</param>
public sealed record ApprovedReview(
    Guid Id,
    int Stars,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Text,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ApprovedAt);

/// <summary>A page of the reviews that wait for a decision.</summary>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record PendingReviewListBody(
    IReadOnlyList<PendingReview> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>A review as who decides on it reads it.</summary>
/// <param name="Id">What <c>POST /reviews/{id}/approval</c> and <c>/rejection</c> take.</param>
/// <param name="Title">Null, as the text is, where its author was erased.</param>
public sealed record PendingReview(
    Guid Id,
    int Stars,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Text,
    DateTimeOffset SubmittedAt);
