using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Building;

/// <summary>Deletes every item of a table. It may be interrupted, and done again.</summary>
internal sealed class TableEmptying(IAmazonDynamoDB dynamo)
{
    // The most of one call (DynamoDB's quotas).
    private const int Batch = 25;

    /// <param name="name">What the table is called where it is.</param>
    /// <returns>How many items there were.</returns>
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
        // What DynamoDB had no room for comes back.
        while (deletes.Count > 0)
            deletes = (await dynamo.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [table] = deletes } }, ct)).UnprocessedItems?.GetValueOrDefault(table) ?? [];
    }
}
