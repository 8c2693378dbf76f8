using ServerlessCqrs.Projections;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>
/// Reads lists of reviews, which may lag behind the reviews. The words are sealed, and the caller opens them.
/// </summary>
public interface IReviewQueries
{
    /// <summary>Returns the approved reviews of a product, the latest approval first.</summary>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">The previous page's cursor, or null for the first page.</param>
    /// <exception cref="InvalidCursorException">The cursor does not come from this list.</exception>
    Task<ReviewPage> ApprovedAsync(Guid productId, int limit, string? cursor, CancellationToken ct);

    /// <summary>Returns the reviews of a product that wait for a decision, the oldest first.</summary>
    /// <inheritdoc cref="ApprovedAsync"/>
    Task<ReviewPage> PendingAsync(Guid productId, int limit, string? cursor, CancellationToken ct);
}

/// <summary>A page, and the cursor of the next one, or null at the end.</summary>
public sealed record ReviewPage(
    IReadOnlyList<ReviewDocument> Reviews,
    string? Next);
