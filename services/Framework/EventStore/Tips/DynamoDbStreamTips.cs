using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// Stores the tips in DynamoDB, one item per stream. Its attributes are <c>stream</c>, <c>version</c>, <c>source</c>,
/// <c>sequence</c>, <c>body</c>, and <c>parked</c> if records are parked. A commit is one conditional <c>PutItem</c>.
/// Reads are strongly consistent <c>BatchGetItem</c>s of up to 100 keys, four at a time.
/// </summary>
public sealed class DynamoDbStreamTips(IAmazonDynamoDB dynamo, string table, WireContracts events, TimeProvider clock, Random? random = null, TipFormat format = TipFormat.Binary)
    : IStreamTips
{
    // The quota of BatchGetItem, in keys.
    private const int KeysPerRead = 100;

    // Unprocessed keys were throttled, or did not fit into the 16 MB of a response.
    private const int ReadAttempts = 10;

    private const int ReadsAtOnce = 4;

    private readonly Random _random = random ?? Random.Shared;

    // A reader that waits for a commit reads the same tip repeatedly, and need not unpack it each time.
    private volatile Unpacked? _last;

    public async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var distinct = streams.Select(stream => stream.ToString()).ToHashSet();
        if (distinct.Count == 1) return await LoadOneAsync(distinct.First(), ct);

        var found = new ConcurrentDictionary<StreamId, StreamTip>();
        await Parallel.ForEachAsync(
            distinct.Chunk(KeysPerRead),
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
            async (keys, token) => await LoadAsync(keys, found, token));
        return found;
    }

    public async Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct)
    {
        var item = Item(next, read);
        try
        {
            await dynamo.PutItemAsync(Condition(new PutItemRequest { TableName = table, Item = item }, read), ct);
            return true;
        }
        catch (ConditionalCheckFailedException e)
        {
            // The client retries after a lost response, and then finds its own item.
            return e.Item is { Count: > 0 } current && IsSame(current, item);
        }
    }

    public async IAsyncEnumerable<StreamTip> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = table, ConsistentRead = true };
        do
        {
            var page = await dynamo.ScanAsync(request, ct);
            foreach (var item in page.Items ?? []) yield return Tip(item);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadOneAsync(string stream, CancellationToken ct)
    {
        var response = await dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = Key(stream), ConsistentRead = true }, ct);
        if (response.Item is not { Count: > 0 } item) return new Dictionary<StreamId, StreamTip>();
        if (_last is not { } last || last.Tip.Stream.ToString() != stream || !last.Item.Keys.All(item.ContainsKey) || !IsSame(item, last.Item)) _last = last = new Unpacked(item, Tip(item));
        return new Dictionary<StreamId, StreamTip> { [last.Tip.Stream] = last.Tip };
    }

    private async Task LoadAsync(string[] keys, ConcurrentDictionary<StreamId, StreamTip> found, CancellationToken ct)
    {
        var wanted = new Dictionary<string, KeysAndAttributes> { [table] = new() { Keys = [.. keys.Select(Key)], ConsistentRead = true } };
        for (var attempt = 0; ; attempt++)
        {
            var response = await dynamo.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = wanted }, ct);
            var items = response.Responses?.GetValueOrDefault(table) ?? [];
            foreach (var item in items)
            {
                var tip = Tip(item);
                found[tip.Stream] = tip;
            }

            if (response.UnprocessedKeys is not { Count: > 0 } rest) return;
            if (items.Count > 0) attempt = 0;
            if (attempt == ReadAttempts) throw new TimeoutException($"DynamoDB left {rest[table].Keys.Count} of {keys.Length} tips in {table} unread {ReadAttempts} times: the table is throttled.");
            wanted = rest;
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(20, 40) * Math.Min(1 << attempt, 50)), clock, ct);
        }
    }

    private static PutItemRequest Condition(PutItemRequest request, StreamTip? read)
    {
        request.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD;
        request.ExpressionAttributeNames = new() { ["#stream"] = "stream" };
        if (read is null)
        {
            request.ConditionExpression = "attribute_not_exists(#stream)";
            return request;
        }

        request.ConditionExpression = "#version = :version AND #source = :source AND #sequence = :sequence";
        // Deciding parked commands may leave the position unchanged.
        if (read.Parked.Count > 0) request.ConditionExpression += " AND #parked = :parked";
        request.ExpressionAttributeNames = new() { ["#version"] = "version", ["#source"] = "source", ["#sequence"] = "sequence" };
        request.ExpressionAttributeValues = new()
        {
            [":version"] = Number(read.Version),
            [":source"] = new AttributeValue(read.Position.Source),
            [":sequence"] = new AttributeValue(read.Position.SequenceNumber),
        };
        if (read.Parked.Count > 0)
        {
            request.ExpressionAttributeNames["#parked"] = "parked";
            request.ExpressionAttributeValues[":parked"] = Number(read.Parked.Count);
        }

        return request;
    }

    private Dictionary<string, AttributeValue> Item(StreamTip tip, StreamTip? replaced)
    {
        var stream = tip.Stream.ToString();
        var body = TipBody.Write(tip, format, replaced);
        var bytes = body.Length + TipBody.BytesBeside(tip);
        if (bytes > StoreLimits.DynamoDbItem.Bytes)
            throw new InvalidOperationException($"The tip of {stream} would take {bytes:N0} bytes, and a DynamoDB item holds {StoreLimits.DynamoDbItem.Bytes:N0}. Limit a commit to {StoreLimits.Commit:N0} bytes.");
        Dictionary<string, AttributeValue> item = new()
        {
            ["stream"] = new AttributeValue(stream),
            ["version"] = Number(tip.Version),
            ["source"] = new AttributeValue(tip.Position.Source),
            ["sequence"] = new AttributeValue(tip.Position.SequenceNumber),
            ["body"] = new AttributeValue { B = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true) },
        };
        if (tip.Parked.Count > 0) item["parked"] = Number(tip.Parked.Count);
        return item;
    }

    private StreamTip Tip(Dictionary<string, AttributeValue> item)
    {
        var stream = item["stream"].S;
        return item.TryGetValue("body", out var body) && item.TryGetValue("version", out var version) && item.TryGetValue("source", out var source) && item.TryGetValue("sequence", out var sequence)
            ? TipBody.Read(events, StreamId.Parse(stream), long.Parse(version.N, CultureInfo.InvariantCulture), new SourcePosition(source.S, sequence.S), body.B.ToArray())
            : throw new FormatException($"The tip of {stream} lacks an attribute.");
    }

    private static bool IsSame(Dictionary<string, AttributeValue> current, Dictionary<string, AttributeValue> own) =>
        current["version"].N == own["version"].N
        && current["source"].S == own["source"].S
        && current["sequence"].S == own["sequence"].S
        && current["body"].B.ToArray().AsSpan().SequenceEqual(own["body"].B.ToArray());

    private static Dictionary<string, AttributeValue> Key(string stream) => new() { ["stream"] = new AttributeValue(stream) };

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private sealed record Unpacked(
        Dictionary<string, AttributeValue> Item,
        StreamTip Tip);
}
