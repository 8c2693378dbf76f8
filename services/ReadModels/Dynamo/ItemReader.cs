using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ReadModels.Dynamo;

/// <summary>Reads the items of a read model's table, whose key is <c>stream</c>.</summary>
internal sealed class ItemReader(IAmazonDynamoDB db, string table, TimeProvider clock)
{
    /// <summary>What BatchGetItem takes at most.</summary>
    private const int BatchSize = 100;

    private const int ParallelBatches = 4;

    /// <summary>The items of these streams, strongly consistent; of each the named attributes, or all.</summary>
    public async Task<IReadOnlyCollection<Dictionary<string, AttributeValue>>> LoadAsync(IReadOnlyCollection<StreamId> streams, string[]? attributes, CancellationToken ct)
    {
        var names = attributes?.ToDictionary(name => $"#{name}");
        var projection = names is null ? null : string.Join(", ", names.Keys);
        if (streams.Count == 1)
        {
            var one = await db.GetItemAsync(
                new GetItemRequest { TableName = table, Key = KeyOf(streams.First()), ConsistentRead = true, ProjectionExpression = projection, ExpressionAttributeNames = names },
                ct);
            return one.IsItemSet ? [one.Item] : [];
        }

        var found = new ConcurrentBag<Dictionary<string, AttributeValue>>();
        await Parallel.ForEachAsync(
            streams.Distinct().Chunk(BatchSize),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelBatches, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
            async (chunk, token) =>
            {
                var wanted = new KeysAndAttributes { Keys = [.. chunk.Select(KeyOf)], ConsistentRead = true, ProjectionExpression = projection, ExpressionAttributeNames = names };
                for (var attempt = 0; wanted is not null; attempt++)
                {
                    if (attempt > 0) await Task.Delay(BackOff(attempt), clock, token);
                    var answer = await db.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [table] = wanted } }, token);
                    foreach (var item in answer.Responses?.GetValueOrDefault(table) ?? []) found.Add(item);
                    wanted = answer.UnprocessedKeys?.GetValueOrDefault(table);
                }
            });
        return found;
    }

    /// <summary>Every item, in no order.</summary>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var page = await db.ScanAsync(request, ct);
            foreach (var item in page.Items ?? []) yield return item;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    public static Dictionary<string, AttributeValue> KeyOf(StreamId stream) => new() { ["stream"] = new(stream.ToString()) };

    public static StreamId StreamOf(Dictionary<string, AttributeValue> item) => StreamId.Parse(item["stream"].S);

    public static long NumberOf(Dictionary<string, AttributeValue> item, string attribute) => long.Parse(item[attribute].N, CultureInfo.InvariantCulture);

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>DynamoDB leaves keys unprocessed when it throttles, and asks for exponential back-off; the caller's deadline ends it.</summary>
    private static TimeSpan BackOff(int attempt) => TimeSpan.FromMilliseconds(Math.Min(25 << Math.Min(attempt, 6), 1000));
}
