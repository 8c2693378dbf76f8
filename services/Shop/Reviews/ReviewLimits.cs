using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Reviews.ReviewRefusals;
using static ServerlessCqrs.Streams.Texts;
using static ServerlessCqrs.Streams.Violation;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>
/// The limits of review commands, independent of the review's state. Lengths are in UTF-16 characters before sealing.
/// </summary>
public static class ReviewLimits
{
    public const int MinStars = 1;
    public const int MaxStars = 5;
    public const int MaxTitle = 100;
    public const int MaxText = 2_000;
    public const int MaxReason = 500;

    /// <summary>
    /// The number of orders that are remembered per product and customer before a review is written. They take 2 KB of
    /// a tip. A customer with more orders can review because of one of these.
    /// </summary>
    public const int MaxOrders = 50;

    /// <summary>Returns every limit that the command breaks.</summary>
    public static IEnumerable<Violation> Check(IReviewCommand command) => command switch
    {
        SubmitReview submit =>
        [
            .. Unless(submit.ProductId != Guid.Empty, "productId", ProductIdMissing, "A product's id is a UUID that is not all zeros."),
            .. Unless(Subject.IsValid(submit.Customer), "customer", CustomerInvalid, $"A customer is {Subject.Rule}."),
            .. Stars(submit.Stars),
            .. submit.Title.Check(submit.Customer, "title", TitleInvalid, Sealed.LengthOf(MaxTitle)),
            .. submit.Text.Check(submit.Customer, "text", TextInvalid, Sealed.LengthOf(MaxText)),
        ],
        RejectReview reject => Unless(IsLine(reject.Reason, 1, MaxReason), "reason", ReasonInvalid, $"A reason is one line of 1 to {MaxReason} characters. {Rule}"),
        _ => throw new InvalidOperationException($"There are no limits for {command.GetType()}."),
    };

    /// <summary>Returns every limit that a review breaks. Call this before sealing its words.</summary>
    public static IEnumerable<Violation> Check(int stars, string title, string text) =>
    [
        .. Stars(stars),
        .. Unless(IsLine(title, 1, MaxTitle), "title", TitleInvalid, $"A title is one line of 1 to {MaxTitle} characters. {Rule}"),
        .. Unless(IsLines(text, 1, MaxText), "text", TextInvalid, $"A text is 1 to {MaxText} characters; line ends and tabs are allowed. {Rule}"),
    ];

    private static IEnumerable<Violation> Stars(int stars) => Unless(stars is >= MinStars and <= MaxStars, "stars", StarsOutOfRange, $"Stars are {MinStars} to {MaxStars}.");
}
