using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>The reviews in memory, with the promises of the stored ones.</summary>
public sealed class InMemoryReviews : InMemoryReadModel<ReviewDocument>, IReviewQueries
{
    public Task<ReviewPage> ApprovedAsync(Guid productId, int limit, string? cursor, CancellationToken ct) => ReadAsync(ReviewLists.Approved(productId), descending: true, limit, cursor);

    public Task<ReviewPage> PendingAsync(Guid productId, int limit, string? cursor, CancellationToken ct) => ReadAsync(ReviewLists.Pending(productId), descending: false, limit, cursor);

    private Task<ReviewPage> ReadAsync(string list, bool descending, int limit, string? cursor)
    {
        var (reviews, next) = InMemoryList.Read(Documents, review => ReviewLists.Of(review) is { } place && place.List == list ? place.Key : null, list, descending, limit, cursor);
        return Task.FromResult(new ReviewPage(reviews, next));
    }
}
