using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi.Reviews;

/// <summary>Reads the lists of reviews, and opens what their authors wrote with the authors' keys.</summary>
public sealed class ReviewPages(IReviewQueries reviews, GuardedPersonalData personal, ReadModelCircuits circuits)
{
    /// <summary>The approved reviews of a product, the last approved first; null where the cursor is not one of that list.</summary>
    /// <exception cref="DependencyAwayException">Reviews or keys cannot be read.</exception>
    public async Task<ReviewListBody?> ApprovedAsync(Guid product, int limit, string? cursor, CancellationToken ct)
    {
        var page = await circuits.Reviews.ReadPageAsync(token => reviews.ApprovedAsync(product, limit, cursor, token), ct);
        return page is null ? null : new ReviewListBody(
            await OpenAsync(page, (id, review, title, text) => new ApprovedReview(id, review.Stars, title, text, review.SubmittedAt, review.DecidedAt ?? review.SubmittedAt), ct),
            page.Next);
    }

    /// <summary>The reviews of a product that wait for a decision, the one that waits longest first; null where the cursor is not one of that list.</summary>
    /// <inheritdoc cref="ApprovedAsync"/>
    public async Task<PendingReviewListBody?> PendingAsync(Guid product, int limit, string? cursor, CancellationToken ct)
    {
        var page = await circuits.Reviews.ReadPageAsync(token => reviews.PendingAsync(product, limit, cursor, token), ct);
        return page is null ? null : new PendingReviewListBody(
            await OpenAsync(page, (id, review, title, text) => new PendingReview(id, review.Stars, title, text, review.SubmittedAt), ct),
            page.Next);
    }

    /// <summary>Each author's key is asked for once: the title first, then the text.</summary>
    private async Task<IReadOnlyList<TItem>> OpenAsync<TItem>(ReviewPage page, Func<Guid, WrittenReview, string?, string?, TItem> show, CancellationToken ct) =>
        await Task.WhenAll(page.Reviews
            .Where(document => document.Review is not null)
            .Select(async document => show(document.Id, document.Review!, await personal.OpenAsync(document.Review!.Title, ct), await personal.OpenAsync(document.Review.Text, ct))));
}
