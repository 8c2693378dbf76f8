using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.Push;

/// <summary>
/// The items of the connections table, by partition and sort key:
/// <c>{stream} / {connection}</c> for each watch, <c>{stream} / #watched</c>, <c>{stream} / #hinted</c>,
/// <c>connection:{id} / #watches</c>, <c>caller:{name} / {connection}</c> and <c>caller:{name} / #open</c>.
/// No stream's id has a colon in its category, and no connection's id begins with <c>#</c>.
/// </summary>
internal static class PushTable
{
    public const string Stream = "stream";
    public const string Connection = "connection";
    public const string Watched = "#watched";
    public const string Hinted = "#hinted";

    // Quotas of BatchGetItem and BatchWriteItem.
    private const int KeysPerRead = 100;
    private const int ItemsPerWrite = 25;

    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    public static Dictionary<string, AttributeValue> Key(string partition, string sort) => new()
    {
        [Stream] = new AttributeValue(partition),
        [Connection] = new AttributeValue(sort),
    };

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue ExpiresAt(TimeProvider clock) => Number((clock.GetUtcNow() + PushLimits.Life).ToUnixTimeSeconds());

    /// <summary>DynamoDB deletes an item some time after it has expired.</summary>
    public static bool IsAlive(Dictionary<string, AttributeValue> item, TimeProvider clock) =>
        long.Parse(item["expiresAt"].N, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Reads the existing items with strong consistency.</summary>
    public static async Task<List<Dictionary<string, AttributeValue>>> LoadAsync(
        IAmazonDynamoDB dynamo,
        string table,
        IReadOnlyList<Dictionary<string, AttributeValue>> keys,
        TimeProvider clock,
        CancellationToken ct)
    {
        List<Dictionary<string, AttributeValue>> found = [];
        foreach (var part in keys.Chunk(KeysPerRead))
        {
            var wanted = new Dictionary<string, KeysAndAttributes> { [table] = new() { Keys = [.. part], ConsistentRead = true } };
            for (var attempt = 1; wanted.Count > 0; attempt++)
            {
                var answer = await dynamo.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = wanted }, ct);
                found.AddRange(answer.Responses?.GetValueOrDefault(table) ?? []);
                wanted = answer.UnprocessedKeys ?? [];
                if (wanted.Count > 0) await PauseAsync(attempt, table, clock, ct);
            }
        }

        return found;
    }

    public static async Task WriteAsync(IAmazonDynamoDB dynamo, string table, IReadOnlyList<WriteRequest> writes, TimeProvider clock, CancellationToken ct)
    {
        foreach (var part in writes.Chunk(ItemsPerWrite))
        {
            var wanted = new Dictionary<string, List<WriteRequest>> { [table] = [.. part] };
            for (var attempt = 1; wanted.Count > 0; attempt++)
            {
                var answer = await dynamo.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = wanted }, ct);
                wanted = answer.UnprocessedItems ?? [];
                if (wanted.Count > 0) await PauseAsync(attempt, table, clock, ct);
            }
        }
    }

    private static Task PauseAsync(int attempt, string table, TimeProvider clock, CancellationToken ct) => attempt < Attempts
        ? Task.Delay(Pause * attempt, clock, ct)
        : throw new TimeoutException($"DynamoDB left items of {table} unprocessed {Attempts} times: the table is throttled.");
}
