using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Reviews.ReviewRefusals;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>Decides and evolves reviews. A repeated command on the resulting state produces no events.</summary>
public sealed class ReviewDecider() : Decider<ReviewState, IReviewCommand, IReviewEvent>(
    ReviewStreams.Category,
    stateShape: new(1, "6hdjpgKhZIA"),
    initial: new ReviewState.Unwritten(Seller: null, Bought: [], Withdrawn: []),
    ShopJson.Default.ReviewState)
{
    /// <summary>
    /// All commands except approval and rejection. A review without a purchase is refused, and the refusal is recorded.
    /// </summary>
    public override bool Creates(ICommand command) => command is RecordPurchase or WithdrawPurchase or SubmitReview;

    public override Decision Decide(ReviewState state, IReviewCommand command, CommandContext context) => command switch
    {
        RecordPurchase purchase => IsOf(context.Stream, purchase.ProductId, purchase.Customer) ? Record(state, purchase) : OfAnother(context.Stream),
        WithdrawPurchase purchase => IsOf(context.Stream, purchase.ProductId, purchase.Customer) ? Withdraw(state, purchase) : OfAnother(context.Stream),
        SubmitReview submit => Submit(state, submit, context),
        ApproveReview or RejectReview => Judge(state, command, context.By),
        _ => throw new InvalidOperationException($"A review does not know {command.GetType()}."),
    };

    private static bool IsOf(StreamId stream, Guid productId, string customer) => stream == ReviewStreams.IdOf(productId, customer);

    private static Decision OfAnother(StreamId stream) => Decision.Refuse(CommonRefusals.WrongStream, $"'{stream}' is not the review of that product and customer.");

    /// <summary>Once the review is written, further purchases do not matter.</summary>
    private static Decision Record(ReviewState state, RecordPurchase command) => state is ReviewState.Unwritten purchases && !Knows(purchases, command.OrderId) && !IsFull(purchases)
        ? Decision.Accept(new ProductPurchased(command.ProductId, command.Customer, command.Seller, command.OrderId))
        : Decision.Unchanged;

    private static Decision Withdraw(ReviewState state, WithdrawPurchase command)
    {
        if (state is not ReviewState.Unwritten purchases) return Decision.Unchanged;
        return purchases.Bought.Contains(command.OrderId) || !Knows(purchases, command.OrderId) && !IsFull(purchases)
            ? Decision.Accept(new PurchaseWithdrawn(command.ProductId, command.Customer, command.OrderId))
            : Decision.Unchanged;
    }

    private static bool Knows(ReviewState.Unwritten purchases, Guid orderId) => purchases.Bought.Contains(orderId) || purchases.Withdrawn.Contains(orderId);

    private static bool IsFull(ReviewState.Unwritten purchases) => purchases.Bought.Count + purchases.Withdrawn.Count >= ReviewLimits.MaxOrders;

    private static Decision Submit(ReviewState state, SubmitReview command, CommandContext context)
    {
        if (context.By.Role != ShopRoles.Customer) return Decision.Refuse(NotACustomer, "Only customers can write reviews.");
        if (command.Customer != context.By.Id) return Decision.Refuse(NotYourReview, "You can only write your own reviews.");
        if (!IsOf(context.Stream, command.ProductId, command.Customer)) return OfAnother(context.Stream);
        return state switch
        {
            ReviewState.Unwritten { Bought.Count: 0 } => Decision.Refuse(NotPurchased, "You can only review products you have bought."),
            ReviewState.Unwritten => Decision.Accept(new ReviewSubmitted(command.ProductId, command.Customer, command.Stars, command.Title, command.Text)),
            ReviewState.Written review when review.Content == ReviewState.FingerprintOf(command.Stars, command.Title, command.Text) => Decision.Unchanged,
            _ => Decision.Refuse(AlreadyReviewed, "You have already reviewed this product."),
        };
    }

    private static Decision Judge(ReviewState state, IReviewCommand command, Actor by)
    {
        if (by.Role is not (ShopRoles.Seller or Actor.Operator)) return OfAnotherSeller();
        if (state is not ReviewState.Written review) return Decision.Refuse(ReviewNotFound, "There is no such review.");
        if (by.Role == ShopRoles.Seller && by.Id != review.Seller) return OfAnotherSeller();
        return (review, command) switch
        {
            (ReviewState.Submitted submitted, ApproveReview) => Decision.Accept(new ReviewApproved(submitted.ProductId, submitted.Customer, submitted.Stars)),
            (ReviewState.Submitted submitted, RejectReview reject) => Decision.Accept(new ReviewRejected(submitted.ProductId, submitted.Customer, reject.Reason)),
            (ReviewState.Approved, ApproveReview) or (ReviewState.Rejected, RejectReview) => Decision.Unchanged,
            (ReviewState.Approved, _) => Decision.Refuse(ReviewIsApproved, "The review is already approved. That is final."),
            _ => Decision.Refuse(ReviewIsRejected, "The review is already rejected. That is final."),
        };
    }

    private static Decision OfAnotherSeller() => Decision.Refuse(NotTheSeller, "Only the product's seller or an operator can decide on a review.");

    public override ReviewState Evolve(ReviewState state, IReviewEvent @event) => (state, @event) switch
    {
        (ReviewState.Unwritten purchases, ProductPurchased purchased) => purchases with { Seller = purchased.Seller, Bought = [.. purchases.Bought.Append(purchased.OrderId).Order()] },
        (ReviewState.Unwritten purchases, PurchaseWithdrawn withdrawn) => purchases with
        {
            Bought = [.. purchases.Bought.Where(order => order != withdrawn.OrderId)],
            Withdrawn = [.. purchases.Withdrawn.Append(withdrawn.OrderId).Order()],
        },
        (ReviewState.Unwritten { Seller: { } seller }, ReviewSubmitted submitted) => new ReviewState.Submitted(
            submitted.ProductId,
            submitted.Customer,
            seller,
            ReviewState.FingerprintOf(submitted.Stars, submitted.Title, submitted.Text),
            submitted.Stars),
        (ReviewState.Submitted review, ReviewApproved) => new ReviewState.Approved(review.ProductId, review.Customer, review.Seller, review.Content),
        (ReviewState.Submitted review, ReviewRejected) => new ReviewState.Rejected(review.ProductId, review.Customer, review.Seller, review.Content),
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot happen to a review that is {state.GetType().Name}."),
    };
}
