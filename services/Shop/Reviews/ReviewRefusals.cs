using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>The refusals of review commands. The codes are a contract.</summary>
public static class ReviewRefusals
{
    // Rules, which depend on the review and the actor.
    public static readonly Refusal NotACustomer = Refusal.Forbidden("not_a_customer");
    public static readonly Refusal NotYourReview = Refusal.Forbidden("not_your_review");
    public static readonly Refusal NotTheSeller = Refusal.Forbidden("not_the_seller");
    public static readonly Refusal ReviewNotFound = Refusal.NotFound("review_not_found");
    public static readonly Refusal NotPurchased = Refusal.Rule("not_purchased");
    public static readonly Refusal AlreadyReviewed = Refusal.Conflict("already_reviewed");
    public static readonly Refusal ReviewIsApproved = Refusal.Rule("review_approved");
    public static readonly Refusal ReviewIsRejected = Refusal.Rule("review_rejected");

    // Limits of a field.
    public static readonly Refusal ProductIdMissing = Refusal.Rule("product_id_missing");
    public static readonly Refusal CustomerInvalid = Refusal.Rule("customer_invalid");
    public static readonly Refusal StarsOutOfRange = Refusal.Rule("stars_out_of_range");
    public static readonly Refusal TitleInvalid = Refusal.Rule("title_invalid");
    public static readonly Refusal TextInvalid = Refusal.Rule("text_invalid");
    public static readonly Refusal ReasonInvalid = Refusal.Rule("reason_invalid");
}
