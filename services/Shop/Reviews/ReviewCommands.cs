using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>
/// A command on a <c>review-{uuid}</c> stream. The order process issues it, the customer who writes, or the seller or
/// operator who decides on the review.
/// </summary>
public interface IReviewCommand : ICommand;

/// <summary>Records a confirmed order of the product, which allows the customer to review it.</summary>
/// <param name="Seller">The product's seller, who decides on the review.</param>
[WireName("RecordPurchase", 1)]
public sealed record RecordPurchase(
    Guid ProductId,
    string Customer,
    string Seller,
    Guid OrderId) : IReviewCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>
/// Records that the customer cancelled that order, which then allows no review. It may arrive before <see
/// cref="RecordPurchase"/>.
/// </summary>
[WireName("WithdrawPurchase", 1)]
public sealed record WithdrawPurchase(
    Guid ProductId,
    string Customer,
    Guid OrderId) : IReviewCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>
/// Submits a customer's review of a product they bought. The words are the customer's own, and sealed with their key.
/// </summary>
[WireName("SubmitReview", 1)]
public sealed record SubmitReview(
    Guid ProductId,
    string Customer,
    int Stars,
    Sealed Title,
    Sealed Text) : IReviewCommand
{
    public IEnumerable<Violation> Check() => ReviewLimits.Check(this);
}

/// <summary>Publishes the review, by the product's seller or an operator.</summary>
[WireName("ApproveReview", 1)]
public sealed record ApproveReview : IReviewCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>Rejects the review, by the product's seller or an operator.</summary>
[WireName("RejectReview", 1)]
public sealed record RejectReview(string Reason) : IReviewCommand
{
    public IEnumerable<Violation> Check() => ReviewLimits.Check(this);
}
