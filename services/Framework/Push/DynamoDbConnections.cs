using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>Connections in the same table as their watches.</summary>
public sealed class DynamoDbConnections(IAmazonDynamoDB dynamo, string table, TimeProvider clock) : IConnections
{
    private const string Watches = "#watches";
    private const string Open = "#open";
    private const int DeletesAtOnce = 20;

    // Sorts after the items that are no connection's.
    private const string FirstConnection = "$";

    public async Task<bool> OpenAsync(string connection, string caller, int most, CancellationToken ct)
    {
        // Written before the count changes, so that a recount does not miss it.
        var expiresAt = PushTable.ExpiresAt(clock);
        var row = PushTable.Key(CallerKey(caller), connection);
        await PushTable.WriteAsync(dynamo, table, [Put(new(row) { ["expiresAt"] = expiresAt })], clock, ct);
        if (!await CountAsync(caller, most, ct))
        {
            await DeleteAsync(row, ct);
            return false;
        }

        var state = new OpenConnection(caller, [], Guid.NewGuid().ToString("N"), Minute: 0, Messages: 0);
        await PushTable.WriteAsync(dynamo, table, [Put(Item(connection, state, expiresAt))], clock, ct);
        return true;
    }

    public async Task<OpenConnection?> FindAsync(string connection, CancellationToken ct)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest { TableName = table, Key = PushTable.Key(ConnectionKey(connection), Watches), ConsistentRead = true },
            ct);
        return answer.Item is { Count: > 0 } item && PushTable.IsAlive(item, clock) ? StateOf(item) : null;
    }

    public async Task<OpenConnection?> ReplaceAsync(string connection, OpenConnection read, OpenConnection next, CancellationToken ct)
    {
        var written = next with { Revision = Guid.NewGuid().ToString("N") };
        try
        {
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = Item(connection, written, PushTable.ExpiresAt(clock)),
                    ConditionExpression = "revision = :revision",
                    ExpressionAttributeValues = new() { [":revision"] = new(read.Revision) },
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                ct);
            return written;
        }
        catch (ConditionalCheckFailedException e)
        {
            // The AWS client retries when an answer is lost, and then finds its own write.
            return e.Item?.GetValueOrDefault("revision")?.S == written.Revision ? written : null;
        }
    }

    public Task WatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var expiresAt = PushTable.ExpiresAt(clock);
        var mark = new AttributeValue(Guid.NewGuid().ToString("N"));
        // First the watchers: who reads the new mark also finds them.
        return WriteAsync(
            [
                .. streams.Select(stream => Put(new(PushTable.Key(stream.ToString(), connection)) { ["expiresAt"] = expiresAt, ["revision"] = new(revision) })),
            ],
            [
                .. streams.Select(stream => Put(new(PushTable.Key(stream.ToString(), PushTable.Watched)) { ["expiresAt"] = expiresAt, ["mark"] = mark })),
            ],
            ct);
    }

    public Task UnwatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        Parallel.ForEachAsync(
            streams,
            new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
            async (stream, token) => await DeleteOfAsync(PushTable.Key(stream.ToString(), connection), revision, token));

    public async Task ForgetAsync(string connection, StreamId? stream, CancellationToken ct)
    {
        // First the item of the open socket: a concurrent watch reads it last, and then removes its own items.
        var before = await DeleteAsync(PushTable.Key(ConnectionKey(connection), Watches), ct);
        var state = before is null ? null : StateOf(before);
        var watches = (state?.Watches ?? []).Concat(stream is { } one ? [one] : Array.Empty<StreamId>()).Distinct();
        await PushTable.WriteAsync(dynamo, table, [.. watches.Select(watch => Delete(PushTable.Key(watch.ToString(), connection)))], clock, ct);
        if (state is not null && await DeleteAsync(PushTable.Key(CallerKey(state.Caller), connection), ct) is not null)
            await AddOpenAsync(state.Caller, -1, most: null, ct);
    }

    /// <summary>Adds one to a caller's sockets, unless there are too many.</summary>
    private async Task<bool> CountAsync(string caller, int most, CancellationToken ct)
    {
        if (await AddOpenAsync(caller, 1, most, ct) is not { } counted) return true;
        // Sockets may have ended unreported. Their items have expired. This socket's item exists already.
        var open = await OpenNowAsync(caller, ct) - 1;
        if (open >= most) return false;
        try
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = PushTable.Key(CallerKey(caller), Open),
                    UpdateExpression = "SET sockets = :open",
                    ConditionExpression = "sockets = :counted",
                    ExpressionAttributeValues = new() { [":open"] = PushTable.Number(open), [":counted"] = PushTable.Number(counted) },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another socket came or went, or counted again.
        }

        return await AddOpenAsync(caller, 1, most, ct) is null;
    }

    /// <summary>Changes the number of sockets and returns null, or returns the number if it is too large.</summary>
    private async Task<long?> AddOpenAsync(string caller, int change, int? most, CancellationToken ct)
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = PushTable.Key(CallerKey(caller), Open),
            UpdateExpression = "ADD sockets :change SET expiresAt = :expires",
            ExpressionAttributeValues = new() { [":change"] = PushTable.Number(change), [":expires"] = PushTable.ExpiresAt(clock) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        if (most is { } limit)
        {
            request.ConditionExpression = "attribute_not_exists(sockets) OR sockets < :most";
            request.ExpressionAttributeValues[":most"] = PushTable.Number(limit);
        }

        try
        {
            await dynamo.UpdateItemAsync(request, ct);
            return null;
        }
        catch (ConditionalCheckFailedException e)
        {
            return long.Parse(e.Item["sockets"].N, CultureInfo.InvariantCulture);
        }
    }

    private async Task<int> OpenNowAsync(string caller, CancellationToken ct)
    {
        var (open, request) = (0, new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "#stream = :caller AND #connection > :first",
            ExpressionAttributeNames = new() { ["#stream"] = PushTable.Stream, ["#connection"] = PushTable.Connection },
            ExpressionAttributeValues = new() { [":caller"] = new(CallerKey(caller)), [":first"] = new(FirstConnection) },
            ConsistentRead = true,
        });
        do
        {
            var page = await dynamo.QueryAsync(request, ct);
            open += (page.Items ?? []).Count(item => PushTable.IsAlive(item, clock));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return open;
    }

    private async Task WriteAsync(IReadOnlyList<WriteRequest> first, IReadOnlyList<WriteRequest> then, CancellationToken ct)
    {
        await PushTable.WriteAsync(dynamo, table, first, clock, ct);
        await PushTable.WriteAsync(dynamo, table, then, clock, ct);
    }

    private async Task DeleteOfAsync(Dictionary<string, AttributeValue> key, string revision, CancellationToken ct)
    {
        try
        {
            await dynamo.DeleteItemAsync(
                new DeleteItemRequest
                {
                    TableName = table,
                    Key = key,
                    ConditionExpression = "revision = :revision",
                    ExpressionAttributeValues = new() { [":revision"] = new(revision) },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another message added the socket, or nobody did.
        }
    }

    private async Task<Dictionary<string, AttributeValue>?> DeleteAsync(Dictionary<string, AttributeValue> key, CancellationToken ct)
    {
        var answer = await dynamo.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = key, ReturnValues = ReturnValue.ALL_OLD }, ct);
        return answer.Attributes is { Count: > 0 } item ? item : null;
    }

    private static Dictionary<string, AttributeValue> Item(string connection, OpenConnection state, AttributeValue expiresAt)
    {
        var item = new Dictionary<string, AttributeValue>(PushTable.Key(ConnectionKey(connection), Watches))
        {
            ["caller"] = new(state.Caller),
            ["revision"] = new(state.Revision),
            ["minute"] = PushTable.Number(state.Minute),
            ["messages"] = PushTable.Number(state.Messages),
            ["expiresAt"] = expiresAt,
        };
        if (state.Watches.Count > 0) item["watches"] = new AttributeValue { SS = [.. state.Watches.Select(stream => stream.ToString())] };
        return item;
    }

    private static OpenConnection StateOf(Dictionary<string, AttributeValue> item) => new(
        item["caller"].S,
        [.. (item.GetValueOrDefault("watches")?.SS ?? []).Select(StreamId.Parse)],
        item["revision"].S,
        long.Parse(item["minute"].N, CultureInfo.InvariantCulture),
        int.Parse(item["messages"].N, CultureInfo.InvariantCulture));

    private static string ConnectionKey(string connection) => $"connection:{connection}";

    private static string CallerKey(string caller) => $"caller:{caller}";

    private static WriteRequest Put(Dictionary<string, AttributeValue> item) => new(new PutRequest(item));

    private static WriteRequest Delete(Dictionary<string, AttributeValue> key) => new(new DeleteRequest(key));
}
