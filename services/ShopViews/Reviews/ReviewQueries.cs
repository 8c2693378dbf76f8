using ServerlessCqrs.Projections.Stores;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>The reviews in any store.</summary>
public sealed class ReviewQueries(IDocuments<ReviewDocument> reviews) : IReviewQueries
{
    public Task<ReviewPage> ApprovedAsync(Guid productId, int limit, string? cursor, CancellationToken ct) =>
        ReadAsync(ReviewLists.Approved(productId), descending: true, limit, cursor, ct);

    public Task<ReviewPage> PendingAsync(Guid productId, int limit, string? cursor, CancellationToken ct) =>
        ReadAsync(ReviewLists.Pending(productId), descending: false, limit, cursor, ct);

    private async Task<ReviewPage> ReadAsync(string list, bool descending, int limit, string? cursor, CancellationToken ct)
    {
        var page = await reviews.ListAsync(ReviewLists.ByProduct, list, descending, limit, cursor, ct);
        return new ReviewPage(page.Documents, page.Next);
    }
}
