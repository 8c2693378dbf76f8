using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// Stores the categories of all products, past and present, as a set in the checkpoints' table. The set only grows. A
/// category without products costs one query. An item holds 400 KB, about ten thousand categories. Further categories
/// go to further items.
/// </summary>
/// <param name="readModel">The read model whose categories these are.</param>
public sealed class KnownCategories(IAmazonDynamoDB db, string checkpointsTable, string readModel, TimeProvider time)
{
    /// <summary>How long a list may not know a category that another process added.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    // Identifies the last item, because DynamoDB refuses a category only beyond 400 KB.
    private const int HasNext = 300 * 1024;

    private volatile HashSet<string> _known = [];
    private volatile int _last = 1;
    private long _readAt = long.MinValue;

    /// <summary>
    /// Returns after the category is in the set. Call it before saving a product, so that every product's category is
    /// known.
    /// </summary>
    public async Task AddAsync(string category, CancellationToken ct)
    {
        if (_known.Contains(category)) return;
        var item = _last;
        while (!await TryAddAsync(item, category, ct)) item++;
        _last = item;
        _known = [.. _known, category];
    }

    /// <summary>Returns all categories, a few seconds old at most.</summary>
    public async Task<IReadOnlyCollection<string>> ReadAsync(CancellationToken ct)
    {
        var readAt = Interlocked.Read(ref _readAt);
        if (readAt != long.MinValue && time.GetElapsedTime(readAt) < Fresh) return _known;
        var now = time.GetTimestamp();
        HashSet<string> known = [];
        for (var item = 1; await ReadAsync(item, ct) is { } categories; item++)
        {
            known.UnionWith(categories);
            if (categories.Sum(category => category.Length) < HasNext) break;
        }

        _known = known;
        Interlocked.Exchange(ref _readAt, now);
        return _known;
    }

    /// <summary>Returns false if the item is full.</summary>
    private async Task<bool> TryAddAsync(int item, string category, CancellationToken ct)
    {
        try
        {
            await db.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = checkpointsTable,
                    Key = KeyOf(item),
                    UpdateExpression = "ADD #categories :category",
                    ExpressionAttributeNames = new() { ["#categories"] = "categories" },
                    ExpressionAttributeValues = new() { [":category"] = new() { SS = [category] } },
                },
                ct);
            return true;
        }
        catch (AmazonDynamoDBException e) when (e.ErrorCode == "ValidationException" && e.Message.Contains("size", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
    }

    /// <summary>Returns null if there is no such item.</summary>
    private async Task<IReadOnlyList<string>?> ReadAsync(int item, CancellationToken ct)
    {
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = checkpointsTable, Key = KeyOf(item), ConsistentRead = true }, ct);
        return answer.IsItemSet ? answer.Item["categories"].SS : null;
    }

    /// <param name="item">The item's number, from 1.</param>
    private Dictionary<string, AttributeValue> KeyOf(int item) =>
        new() { ["name"] = new(item == 1 ? $"categories#{readModel}" : string.Create(CultureInfo.InvariantCulture, $"categories#{readModel}#{item}")) };
}
