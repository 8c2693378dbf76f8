using System.Text.Json;
using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Lists;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>The reviews, version 1: a table by stream, with one index for all lists: <c>list</c> names a product's approved ones or its pending ones. Only a review that is in a list has its attributes.</summary>
public sealed class DynamoReviewsV1(IAmazonDynamoDB db, string table, DynamoPauses? pauses = null)
    : DynamoReadModel<ReviewDocument>(db, table, new ReviewProjection(), pauses, "list", "listKey"), IReviewQueries
{
    private readonly DynamoList _lists = new(new DynamoIndex(db, table, "by-list", "list", "listKey"), "listKey");

    public Task<ReviewPage> ApprovedAsync(Guid productId, int limit, string? cursor, CancellationToken ct) => ReadAsync(ReviewLists.Approved(productId), descending: true, limit, cursor, ct);

    public Task<ReviewPage> PendingAsync(Guid productId, int limit, string? cursor, CancellationToken ct) => ReadAsync(ReviewLists.Pending(productId), descending: false, limit, cursor, ct);

    protected override IReadOnlyDictionary<string, string> Index(ReviewDocument document) =>
        ReviewLists.Of(document) is { } place ? new Dictionary<string, string> { ["list"] = place.List, ["listKey"] = place.Key } : new Dictionary<string, string>();

    private async Task<ReviewPage> ReadAsync(string list, bool descending, int limit, string? cursor, CancellationToken ct)
    {
        var (items, next) = await _lists.ReadAsync(list, descending, limit, cursor, ct);
        return new ReviewPage([.. items.Select(item => JsonSerializer.Deserialize(item["doc"].S, ReviewJson.Default.ReviewDocument)!)], next);
    }
}
