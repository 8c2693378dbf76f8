using ServerlessCqrs.Projections;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>The lists of reviews. A list may be a moment behind the reviews in it. The words are sealed: who shows them opens them.</summary>
public interface IReviewQueries
{
    /// <summary>The approved reviews of a product, the last approved first.</summary>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">What the page before gave as its next; null for the first page.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one that this list gave.</exception>
    Task<ReviewPage> ApprovedAsync(Guid productId, int limit, string? cursor, CancellationToken ct);

    /// <summary>The reviews of a product that wait for a decision, the one that waits longest first.</summary>
    /// <inheritdoc cref="ApprovedAsync"/>
    Task<ReviewPage> PendingAsync(Guid productId, int limit, string? cursor, CancellationToken ct);
}

/// <summary>A page, and the cursor of the next; null at the end.</summary>
public sealed record ReviewPage(
    IReadOnlyList<ReviewDocument> Reviews,
    string? Next);
