using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>Reads the items of a read model's table, which has the key <c>stream</c>.</summary>
public sealed class ItemReader(IAmazonDynamoDB db, string table, DynamoPauses pauses)
{
    /// <summary>The maximum number of keys of BatchGetItem.</summary>
    private const int BatchSize = 100;

    private const int ParallelBatches = 4;

    /// <summary>Returns the items of these streams, with the named attributes or all.</summary>
    /// <param name="consistent">True for strongly consistent reads, which cost twice as much as eventually consistent
    /// ones.</param>
    public async Task<IReadOnlyCollection<Dictionary<string, AttributeValue>>> LoadAsync(
        IReadOnlyCollection<StreamId> streams,
        string[]? attributes,
        CancellationToken ct,
        bool consistent = true,
        ReadMeter? meter = null)
    {
        var names = attributes?.Index().ToDictionary(one => $"#n{one.Index}", one => one.Item);
        var projection = names is null ? null : string.Join(", ", names.Keys);
        if (streams.Count == 1)
        {
            var one = await db.GetItemAsync(
                new GetItemRequest
                {
                    TableName = table,
                    Key = KeyOf(streams.First()),
                    ConsistentRead = consistent,
                    ProjectionExpression = projection,
                    ExpressionAttributeNames = names,
                    ReturnConsumedCapacity = Consumed(meter),
                },
                ct);
            meter?.Add(one.ConsumedCapacity);
            return one.IsItemSet ? [one.Item] : [];
        }

        var found = new ConcurrentBag<Dictionary<string, AttributeValue>>();
        await Parallel.ForEachAsync(
            streams.Distinct().Chunk(BatchSize),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelBatches, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
            async (chunk, token) =>
            {
                var wanted = new KeysAndAttributes { Keys = [.. chunk.Select(KeyOf)], ConsistentRead = consistent, ProjectionExpression = projection, ExpressionAttributeNames = names };
                for (var attempt = 0; wanted is not null; attempt++)
                {
                    if (attempt > 0) await pauses.AfterThrottlingAsync(attempt, token);
                    var answer = await db.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [table] = wanted }, ReturnConsumedCapacity = Consumed(meter) }, token);
                    foreach (var part in answer.ConsumedCapacity ?? []) meter?.Add(part);
                    foreach (var item in answer.Responses?.GetValueOrDefault(table) ?? []) found.Add(item);
                    wanted = answer.UnprocessedKeys?.GetValueOrDefault(table);
                }
            });
        return found;
    }

    /// <summary>
    /// Streams every item that passes the filter, in no particular order. It costs as much as reading the whole table.
    /// </summary>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(string filter, Dictionary<string, string> names, Dictionary<string, AttributeValue>? values, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest
        {
            TableName = table,
            ConsistentRead = true,
            FilterExpression = filter,
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
        };
        do
        {
            var page = await db.ScanAsync(request, ct);
            foreach (var item in page.Items ?? []) yield return item;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    public static Dictionary<string, AttributeValue> KeyOf(StreamId stream) => new() { ["stream"] = new(stream.ToString()) };

    /// <summary>
    /// True for the item of a stream. False for an item that only holds an aggregate of other streams.
    /// </summary>
    public static bool HasVersion(Dictionary<string, AttributeValue> item) => item.ContainsKey("version");

    public static StreamId StreamOf(Dictionary<string, AttributeValue> item) => StreamId.Parse(item["stream"].S);

    public static long NumberOf(Dictionary<string, AttributeValue> item, string attribute) => long.Parse(item[attribute].N, CultureInfo.InvariantCulture);

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Number(decimal value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private static ReturnConsumedCapacity Consumed(ReadMeter? meter) => meter is null ? ReturnConsumedCapacity.NONE : ReturnConsumedCapacity.TOTAL;
}
