using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>
/// Watchers in DynamoDB. A stream's partition has an item per watching connection, a mark that there are any
/// (<see cref="PushTable.Watched"/>), and the hinted version (<see cref="PushTable.Hinted"/>). One conditional write claims a
/// stream among all instances. So a hint costs two writes, for any number of watchers.
/// </summary>
public sealed class DynamoDbWatchers(IAmazonDynamoDB dynamo, string table, TimeProvider clock) : IWatchers
{
    private const int RowsPerPage = 500;

    // Sorts after the items that are no watcher's.
    private const string FirstConnection = "$";

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<IReadOnlyDictionary<StreamId, string>> FindWatchedAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var marks = await PushTable.LoadAsync(dynamo, table, [.. streams.Select(stream => PushTable.Key(stream.ToString(), PushTable.Watched))], clock, ct);
        return marks
            .Where(mark => PushTable.IsAlive(mark, clock))
            .ToDictionary(mark => StreamId.Parse(mark[PushTable.Stream].S), mark => mark["mark"].S);
    }

    public async Task<Claim> ClaimAsync(StreamId stream, long version, bool isRepeated, CancellationToken ct)
    {
        var now = Now;
        var lease = Guid.NewGuid().ToString("N");
        try
        {
            var before = await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = PushTable.Key(stream.ToString(), PushTable.Hinted),
                    UpdateExpression = "SET version = :version, heldUntil = :until, heldBy = :lease, expiresAt = :expires",
                    ConditionExpression =
                        $"(attribute_not_exists(version) OR version {(isRepeated ? "<=" : "<")} :version OR (owed = :true AND version = :version)) "
                        + "AND (attribute_not_exists(heldUntil) OR heldUntil <= :now)",
                    ExpressionAttributeValues = new()
                    {
                        [":version"] = PushTable.Number(version),
                        [":until"] = PushTable.Number(now + (long)PushLimits.Lease.TotalMilliseconds),
                        [":lease"] = new AttributeValue(lease),
                        [":expires"] = PushTable.ExpiresAt(clock),
                        [":now"] = PushTable.Number(now),
                        [":true"] = new AttributeValue { BOOL = true },
                    },
                    ReturnValues = ReturnValue.ALL_OLD,
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                ct);
            var was = VersionOf(before.Attributes);
            return new Claim.Granted(stream, version, lease, was, OnlyFailed: was == version && !isRepeated);
        }
        catch (ConditionalCheckFailedException e)
        {
            // The AWS client retries when an answer is lost, and then finds its own write.
            if (e.Item?.GetValueOrDefault("heldBy")?.S == lease) return new Claim.Granted(stream, version, lease, Before: 0, OnlyFailed: false);
            var isOwed = e.Item?.GetValueOrDefault("owed")?.BOOL == true || isRepeated;
            var hinted = VersionOf(e.Item);
            if (hinted > version || (hinted == version && !isOwed)) return new Claim.Done();
            if (hinted == version && isRepeated) await DoubtAsync(stream, version, e.Item!["heldBy"].S, ct);
            return new Claim.Later();
        }
    }

    public async Task EndAsync(Claim.Granted claim, RoundEnd end, CancellationToken ct)
    {
        try
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = PushTable.Key(claim.Stream.ToString(), PushTable.Hinted),
                    UpdateExpression = "SET version = :version, heldUntil = :until, owed = :owed",
                    ConditionExpression = "heldBy = :lease",
                    ExpressionAttributeValues = new()
                    {
                        [":version"] = PushTable.Number(end == RoundEnd.Incomplete ? Math.Min(claim.Before, claim.Version - 1) : claim.Version),
                        [":until"] = PushTable.Number(Now + (long)PushLimits.Interval.TotalMilliseconds),
                        [":owed"] = new AttributeValue { BOOL = end == RoundEnd.SomeFailed },
                        [":lease"] = new AttributeValue(claim.Lease),
                    },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // The lease ran out, and another instance has begun.
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<Watcher>> ReadAsync(StreamId stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "#stream = :stream AND #connection > :first",
            ExpressionAttributeNames = new() { ["#stream"] = PushTable.Stream, ["#connection"] = PushTable.Connection },
            ExpressionAttributeValues = new() { [":stream"] = new(stream.ToString()), [":first"] = new(FirstConnection) },
            // A watcher gets its answer once its item is written.
            ConsistentRead = true,
            Limit = RowsPerPage,
        };
        do
        {
            var page = await dynamo.QueryAsync(request, ct);
            yield return [.. (page.Items ?? []).Where(item => PushTable.IsAlive(item, clock)).Select(WatcherOf)];
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    public Task CountFailureAsync(StreamId stream, string connection, CancellationToken ct) =>
        UpdateRowAsync(stream, connection, "ADD failures :one", new() { [":one"] = PushTable.Number(1) }, ct);

    public Task ForgetFailuresAsync(StreamId stream, string connection, CancellationToken ct) =>
        UpdateRowAsync(stream, connection, "REMOVE failures", null, ct);

    public async Task UnmarkAsync(StreamId stream, string mark, CancellationToken ct)
    {
        try
        {
            await dynamo.DeleteItemAsync(
                new DeleteItemRequest
                {
                    TableName = table,
                    Key = PushTable.Key(stream.ToString(), PushTable.Watched),
                    ConditionExpression = "mark = :mark",
                    ExpressionAttributeValues = new() { [":mark"] = new(mark) },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // Somebody has begun to watch.
        }
    }

    /// <summary>
    /// The holder of the claim may be dead. The hint that now waits must not find this version hinted, unless the holder ends
    /// its round.
    /// </summary>
    private async Task DoubtAsync(StreamId stream, long version, string holder, CancellationToken ct)
    {
        try
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = PushTable.Key(stream.ToString(), PushTable.Hinted),
                    UpdateExpression = "SET version = :before",
                    ConditionExpression = "heldBy = :holder AND version = :version",
                    ExpressionAttributeValues = new()
                    {
                        [":before"] = PushTable.Number(version - 1),
                        [":holder"] = new AttributeValue(holder),
                        [":version"] = PushTable.Number(version),
                    },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another instance has begun.
        }
    }

    private async Task UpdateRowAsync(StreamId stream, string connection, string update, Dictionary<string, AttributeValue>? values, CancellationToken ct)
    {
        try
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = PushTable.Key(stream.ToString(), connection),
                    UpdateExpression = update,
                    // Otherwise a deleted row would come back without an expiry.
                    ConditionExpression = "attribute_exists(expiresAt)",
                    ExpressionAttributeValues = values,
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // It watches no more.
        }
    }

    private static Watcher WatcherOf(Dictionary<string, AttributeValue> item) => new(
        item[PushTable.Connection].S,
        item.TryGetValue("failures", out var failures) ? int.Parse(failures.N, CultureInfo.InvariantCulture) : 0);

    private static long VersionOf(Dictionary<string, AttributeValue>? item) =>
        item is not null && item.TryGetValue("version", out var version) ? long.Parse(version.N, CultureInfo.InvariantCulture) : 0;
}
