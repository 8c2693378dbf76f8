using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>A command on a <c>review-{uuid}</c> stream: of the process that tells what was bought, of the customer who writes, or of who decides whether it is shown.</summary>
public interface IReviewCommand : ICommand;

/// <summary>The customer's order of the product is confirmed: it may be reviewed.</summary>
/// <param name="Seller">Whose product it is: who decides on the review.</param>
[WireName("RecordPurchase", 1)]
public sealed record RecordPurchase(
    Guid ProductId,
    string Customer,
    string Seller,
    Guid OrderId) : IReviewCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>The customer cancelled that order: it gives no right to a review, even where this comes before <see cref="RecordPurchase"/>.</summary>
[WireName("WithdrawPurchase", 1)]
public sealed record WithdrawPurchase(
    Guid ProductId,
    string Customer,
    Guid OrderId) : IReviewCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>What a customer says of a product they bought. The words are the customer's own, and sealed with their key.</summary>
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

/// <summary>The product's seller, or an operator, lets the review be shown.</summary>
[WireName("ApproveReview", 1)]
public sealed record ApproveReview : IReviewCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>The product's seller, or an operator, does not let it be shown.</summary>
[WireName("RejectReview", 1)]
public sealed record RejectReview(string Reason) : IReviewCommand
{
    public IEnumerable<Violation> Check() => ReviewLimits.Check(this);
}
