using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>
/// The categories that products were ever in: a set in one item of the checkpoints' table. It only grows, and a category without products costs a query and does no harm. The item holds 400 KB, some ten thousand categories.
/// </summary>
/// <param name="readModel">Whose categories.</param>
public sealed class KnownCategories(IAmazonDynamoDB db, string checkpointsTable, string readModel, TimeProvider time)
{
    /// <summary>How long a list may not know of a category that another process has added.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private volatile HashSet<string> _known = [];
    private long _readAt = long.MinValue;

    private Dictionary<string, AttributeValue> Key => new() { ["name"] = new($"categories#{readModel}") };

    /// <summary>Returns once the category is in the set. Before a product is saved: then no product is in a category that is not known.</summary>
    public async Task AddAsync(string category, CancellationToken ct)
    {
        if (_known.Contains(category)) return;
        await db.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = checkpointsTable,
                Key = Key,
                UpdateExpression = "ADD #categories :category",
                ExpressionAttributeNames = new() { ["#categories"] = "categories" },
                ExpressionAttributeValues = new() { [":category"] = new() { SS = [category] } },
            },
            ct);
        _known = [.. _known, category];
    }

    /// <summary>All categories, at most some seconds old.</summary>
    public async Task<IReadOnlyCollection<string>> ReadAsync(CancellationToken ct)
    {
        var readAt = Interlocked.Read(ref _readAt);
        if (readAt != long.MinValue && time.GetElapsedTime(readAt) < Fresh) return _known;
        var now = time.GetTimestamp();
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = checkpointsTable, Key = Key, ConsistentRead = true }, ct);
        _known = answer.IsItemSet ? [.. answer.Item["categories"].SS] : [];
        Interlocked.Exchange(ref _readAt, now);
        return _known;
    }
}
