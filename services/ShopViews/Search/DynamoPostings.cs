using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections.Dynamo;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>Reads and writes the table of words.</summary>
internal sealed class DynamoPostings(IAmazonDynamoDB db, string table, DynamoPauses pauses)
{
    /// <summary>
    /// Returns the postings that match a query's word, and whether some were cut off. It makes one call: a page of 1 MB
    /// has about 10,000 postings. Those of the exact word come first, sorted by place. Those of longer words follow,
    /// and are cut off first.
    /// </summary>
    public async Task<(IReadOnlyList<Posting> Postings, bool IsPartial)> ReadAsync(string asked, ReadMeter meter, CancellationToken ct)
    {
        var answer = await db.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "#beginning = :partition AND begins_with(#posting, :beginning)",
                ExpressionAttributeNames = new() { ["#beginning"] = "beginning", ["#posting"] = "posting" },
                ExpressionAttributeValues = new() { [":partition"] = new(Posting.PartitionOf(asked)), [":beginning"] = new(Posting.BeginningOf(asked)) },
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            ct);
        meter.Add(answer.ConsumedCapacity);
        return ([.. (answer.Items ?? []).Select(Posting.Read)], answer.LastEvaluatedKey is { Count: > 0 });
    }

    /// <summary>Returns what is stored under the keys of these postings (at most 100), strongly consistent.</summary>
    public async Task<IReadOnlyList<Posting>> LoadAsync(IReadOnlyCollection<Posting> postings, CancellationToken ct)
    {
        var found = new List<Posting>();
        if (postings.Count == 0) return found;
        var wanted = new KeysAndAttributes { Keys = [.. postings.Select(posting => posting.Key)], ConsistentRead = true };
        for (var attempt = 0; wanted is { Keys.Count: > 0 }; attempt++)
        {
            if (attempt > 0) await pauses.AfterThrottlingAsync(attempt, ct);
            var answer = await db.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [table] = wanted } }, ct);
            found.AddRange((answer.Responses?.GetValueOrDefault(table) ?? []).Select(Posting.Read));
            wanted = answer.UnprocessedKeys?.GetValueOrDefault(table);
        }

        return found;
    }

    /// <summary>Streams every posting, or every one of a product, in pages and in no particular order.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Posting>> ScanAsync(Guid? product, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        if (product is { } one)
        {
            request.FilterExpression = "contains(#posting, :product)";
            request.ExpressionAttributeNames = new() { ["#posting"] = "posting" };
            request.ExpressionAttributeValues = new() { [":product"] = new(one.ToString("D")) };
        }

        do
        {
            var page = await db.ScanAsync(request, ct);
            yield return [.. (page.Items ?? []).Select(Posting.Read)];
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>
    /// Deletes a posting if this condition on another item holds. Returns false if it did not hold, or if the posting
    /// was missing.
    /// </summary>
    public async Task<bool> DeleteAsync(Posting posting, ConditionCheck condition, CancellationToken ct)
    {
        var delete = new Delete { TableName = table, Key = posting.Key, ConditionExpression = "attribute_exists(#posting)", ExpressionAttributeNames = new() { ["#posting"] = "posting" } };
        try
        {
            await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [new() { ConditionCheck = condition }, new() { Delete = delete }] }, ct);
            return true;
        }
        catch (TransactionCanceledException)
        {
            return false;
        }
    }

    public WriteBeside Put(Posting posting) => new(new TransactWriteItem { Put = new Put { TableName = table, Item = posting.Write() } });

    public WriteBeside Delete(Posting posting) => new(new TransactWriteItem { Delete = new Delete { TableName = table, Key = posting.Key } });
}
