namespace ServerlessCqrs.Shop.Reviews;

/// <summary>Why a review command is refused. The codes are a contract.</summary>
public static class ReviewRefusals
{
    // Rules: they depend on the review, and on who asks.
    public const string NotACustomer = "not_a_customer";
    public const string NotYourReview = "not_your_review";
    public const string NotTheSeller = "not_the_seller";
    public const string ReviewNotFound = "review_not_found";
    public const string NotPurchased = "not_purchased";
    public const string AlreadyReviewed = "already_reviewed";
    public const string ReviewIsApproved = "review_approved";
    public const string ReviewIsRejected = "review_rejected";

    // Limits of a field.
    public const string ProductIdMissing = "product_id_missing";
    public const string CustomerInvalid = "customer_invalid";
    public const string StarsOutOfRange = "stars_out_of_range";
    public const string TitleInvalid = "title_invalid";
    public const string TextInvalid = "text_invalid";
    public const string ReasonInvalid = "reason_invalid";
}
