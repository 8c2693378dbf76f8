using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operating.Building;

/// <summary>Deletes every item of a table. It can be interrupted and repeated.</summary>
internal sealed class TableEmptying(IAmazonDynamoDB dynamo)
{
    // DynamoDB's quota for one BatchWriteItem call.
    private const int Batch = 25;

    /// <param name="name">The table's name in DynamoDB.</param>
    /// <returns>The number of deleted items.</returns>
    public async Task<long> RunAsync(Table table, string name, CancellationToken ct)
    {
        string[] keys = table.SortKey is { } sort ? [table.PartitionKey.Name, sort.Name] : [table.PartitionKey.Name];
        var scan = new ScanRequest
        {
            TableName = name,
            ProjectionExpression = string.Join(", ", keys.Select(key => $"#{key}")),
            ExpressionAttributeNames = keys.ToDictionary(key => $"#{key}"),
        };
        var deleted = 0L;
        do
        {
            var page = await dynamo.ScanAsync(scan, ct);
            foreach (var chunk in (page.Items ?? []).Chunk(Batch))
            {
                await DeleteAsync(name, [.. chunk.Select(key => new WriteRequest(new DeleteRequest(key)))], ct);
                deleted += chunk.Length;
            }

            scan.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });
        return deleted;
    }

    private async Task DeleteAsync(string table, List<WriteRequest> deletes, CancellationToken ct)
    {
        // DynamoDB returns the deletes that it had no capacity for.
        while (deletes.Count > 0)
            deletes = (await dynamo.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [table] = deletes } }, ct)).UnprocessedItems?.GetValueOrDefault(table) ?? [];
    }
}
