using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>An event of a <c>review-{uuid}</c> stream.</summary>
public interface IReviewEvent : IEvent;

/// <summary>The customer bought the product with that order.</summary>
[WireName("ProductPurchased", 1, EventTags.Document)]
public sealed record ProductPurchased(
    Guid ProductId,
    string Customer,
    string Seller,
    Guid OrderId) : IReviewEvent;

/// <summary>
/// The customer cancelled that order. If this precedes <see cref="ProductPurchased"/>, that event never follows.
/// </summary>
[WireName("PurchaseWithdrawn", 1, EventTags.Document)]
public sealed record PurchaseWithdrawn(
    Guid ProductId,
    string Customer,
    Guid OrderId) : IReviewEvent;

/// <summary>The customer submitted the review. Nobody sees it before its approval.</summary>
[WireName("ReviewSubmitted", 1, EventTags.Document)]
public sealed record ReviewSubmitted(
    Guid ProductId,
    string Customer,
    int Stars,
    Sealed Title,
    Sealed Text) : IReviewEvent;

/// <summary>The review is published, and its stars count.</summary>
[WireName("ReviewApproved", 1, EventTags.Document, EventTags.Edge, EventTags.Mail)]
public sealed record ReviewApproved(
    Guid ProductId,
    string Customer,
    int Stars) : IReviewEvent;

/// <summary>The review was rejected, and is never published.</summary>
[WireName("ReviewRejected", 1, EventTags.Document)]
public sealed record ReviewRejected(
    Guid ProductId,
    string Customer,
    string Reason) : IReviewEvent;
