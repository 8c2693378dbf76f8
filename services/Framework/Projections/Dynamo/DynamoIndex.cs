using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Lists;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>Reads an index of a read model's table in the order of its sort key.</summary>
public sealed class DynamoIndex(IAmazonDynamoDB db, string table, string index, string partition, string key)
{
    /// <summary>The index of declared lists.</summary>
    public static DynamoIndex Of<TDocument>(IAmazonDynamoDB db, string table, DocumentList<TDocument> list) =>
        new(db, table, list.Name, list.Partition.Name, list.Key.Name);

    /// <summary>The sort key of an item of the index.</summary>
    public string KeyOf(Dictionary<string, AttributeValue> item) => item[key].S;

    /// <summary>The first items of a partition after that key, in that direction, as many as there are up to <paramref name="limit"/>.</summary>
    /// <param name="after">Exclusive; null from the first one on.</param>
    public async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> QueryAsync(string of, string? after, bool descending, int limit, CancellationToken ct, ReadMeter? meter = null)
    {
        var request = new QueryRequest
        {
            TableName = table,
            IndexName = index,
            KeyConditionExpression = after is null ? "#of = :of" : $"#of = :of AND #key {(descending ? "<" : ">")} :after",
            ExpressionAttributeNames = new() { ["#of"] = partition },
            ExpressionAttributeValues = new() { [":of"] = new(of) },
            ScanIndexForward = !descending,
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };
        if (after is not null)
        {
            request.ExpressionAttributeNames["#key"] = key;
            request.ExpressionAttributeValues[":after"] = new(after);
        }

        var items = new List<Dictionary<string, AttributeValue>>(limit);
        do
        {
            // an answer ends at 1 MB too
            request.Limit = limit - items.Count;
            var answer = await db.QueryAsync(request, ct);
            meter?.Add(answer.ConsumedCapacity);
            items.AddRange(answer.Items ?? []);
            request.ExclusiveStartKey = answer.LastEvaluatedKey;
        }
        while (items.Count < limit && request.ExclusiveStartKey is { Count: > 0 });
        return items;
    }

    /// <summary>Several partitions as one list, in order, read ahead a chunk of each at a time.</summary>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> MergeAsync(
        IReadOnlyCollection<string> partitions,
        string? after,
        bool descending,
        int chunk,
        ReadMeter? meter = null,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        Run[] runs = [.. partitions.Select(of => new Run(of, after))];
        await Task.WhenAll(runs.Select(run => run.FillAsync(this, descending, chunk, meter, ct)));

        var order = descending ? Comparer<string>.Create((x, y) => Utf8Comparer.Instance.Compare(y, x)) : (IComparer<string>)Utf8Comparer.Instance;
        var heads = new PriorityQueue<Run, string>(order);
        foreach (var run in runs)
            if (run.Head is { } head) heads.Enqueue(run, KeyOf(head));
        while (heads.TryDequeue(out var run, out _))
        {
            yield return run.Take();
            if (run.Head is null) await run.FillAsync(this, descending, chunk, meter, ct);
            if (run.Head is { } head) heads.Enqueue(run, KeyOf(head));
        }
    }

    /// <summary>One partition, as far as it was read ahead.</summary>
    private sealed class Run(string of, string? after)
    {
        private readonly Queue<Dictionary<string, AttributeValue>> _read = [];
        private bool _ended;

        public Dictionary<string, AttributeValue>? Head => _read.TryPeek(out var head) ? head : null;

        public Dictionary<string, AttributeValue> Take() => _read.Dequeue();

        public async Task FillAsync(DynamoIndex index, bool descending, int chunk, ReadMeter? meter, CancellationToken ct)
        {
            if (_ended) return;
            var items = await index.QueryAsync(of, after, descending, chunk, ct, meter);
            _ended = items.Count < chunk;
            foreach (var item in items) _read.Enqueue(item);
            if (items.Count > 0) after = index.KeyOf(items[^1]);
        }
    }
}
