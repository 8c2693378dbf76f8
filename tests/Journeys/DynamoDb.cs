using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>Direct access to a stack's tables.</summary>
internal sealed class DynamoDb(LocalStack stack) : IDisposable
{
    // The maximum of one call (DynamoDB's quotas).
    private const int Batch = 25;

    private readonly AmazonDynamoDBClient _client = new(new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = stack.Endpoint("dynamodb").ToString(), AuthenticationRegion = "us-east-1" });

    /// <summary>Streams the tips, which are compressed in their table.</summary>
    public IAsyncEnumerable<StreamTip> TipsAsync() => new DynamoDbStreamTips(_client, ShopTopology.StreamTips.Name, ShopContracts.Events, TimeProvider.System).ScanAsync(TestContext.Current.CancellationToken);

    /// <summary>
    /// Returns every item of a table with all attributes, one per line in a fixed order, and binary values as their
    /// text.
    /// </summary>
    public async Task<string> DumpAsync(Table table) => string.Join('\n', (await ScanAsync(table)).Select(TextOf).Order(StringComparer.Ordinal));

    /// <summary>Deletes every item of a table.</summary>
    public async Task EmptyAsync(Table table)
    {
        foreach (var chunk in (await ScanAsync(table)).Select(item => KeyOf(table, item)).Chunk(Batch))
        {
            List<WriteRequest> deletes = [.. chunk.Select(key => new WriteRequest(new DeleteRequest(key)))];
            while (deletes.Count > 0) deletes = (await _client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [table.Name] = deletes } })).UnprocessedItems?.GetValueOrDefault(table.Name) ?? [];
        }
    }

    public Task DeleteAsync(Table table, string partitionKey) => _client.DeleteItemAsync(new DeleteItemRequest(table.Name, new() { [table.PartitionKey.Name] = new(partitionKey) }));

    public void Dispose() => _client.Dispose();

    private async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ScanAsync(Table table)
    {
        List<Dictionary<string, AttributeValue>> all = [];
        var scan = new ScanRequest { TableName = table.Name, ConsistentRead = true };
        do
        {
            var page = await _client.ScanAsync(scan);
            all.AddRange(page.Items ?? []);
            scan.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (scan.ExclusiveStartKey is { Count: > 0 });
        return all;
    }

    private static Dictionary<string, AttributeValue> KeyOf(Table table, Dictionary<string, AttributeValue> item)
    {
        var key = new Dictionary<string, AttributeValue> { [table.PartitionKey.Name] = item[table.PartitionKey.Name] };
        if (table.SortKey is { } sort) key[sort.Name] = item[sort.Name];
        return key;
    }

    private static string TextOf(Dictionary<string, AttributeValue> item) => string.Join(' ', item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={TextOf(attribute.Value)}"));

    private static string TextOf(AttributeValue value) => value switch
    {
        { S: { } text } => text,
        { N: { } number } => number,
        { B: { } bytes } => Encoding.UTF8.GetString(bytes.ToArray()),
        { BOOL: { } flag } => flag.ToString(),
        { SS: { Count: > 0 } texts } => string.Join(',', texts.Order(StringComparer.Ordinal)),
        { L: { Count: > 0 } list } => $"[{string.Join(", ", list.Select(TextOf))}]",
        { M: { Count: > 0 } map } => $"{{{TextOf(map)}}}",
        { NULL: true } or { L: not null } or { M: not null } => "",
        _ => throw new NotSupportedException("An attribute of a type that no table here has."),
    };
}
