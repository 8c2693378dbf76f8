using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Topology;

using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// DynamoDB: items in memory, writes under their conditions, transactions, indexes that may be behind; keys that are throttled, keys that a batch leaves unprocessed, transactions that meet others. The shop's own adapters speak to it.
/// </summary>
/// <param name="isCareless">For a mutant: whether a table's writes are done whatever their conditions say.</param>
/// <param name="isSkipped">For a mutant: whether a transaction leaves a write undone, by what there is.</param>
public sealed class SimDynamoDb(Network network, Dice dice, Func<string, bool> isCareless, Func<Put, Item?, bool> isSkipped) : AmazonDynamoDBClient(
    new AnonymousAWSCredentials(),
    new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:9" })
{
    private readonly Dictionary<string, SimTable> _tables = ShopTopology.Tables.ToDictionary(table => table.Name, table => new SimTable(table));

    public SimTable Table(Table table) => _tables[table.Name];

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => Call(
        request.TableName,
        "get",
        table =>
        {
            var item = Find(table, request.Key);
            return new GetItemResponse { Item = item is null ? null : new DynamoExpressions(request.ExpressionAttributeNames, null).Projected(request.ProjectionExpression, item) };
        },
        cancellationToken);

    public override Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        var (name, wanted) = request.RequestItems.Single();
        return Call(
            name,
            "batch-get",
            table =>
            {
                var unprocessed = wanted.Keys.Where(key => IsThrottled(table, key) || dice.Happens($"{name}.unprocessed", 0.02)).ToList();
                var expressions = new DynamoExpressions(wanted.ExpressionAttributeNames, null);
                return new BatchGetItemResponse
                {
                    Responses = new() { [name] = [.. wanted.Keys.Except(unprocessed).Select(key => table.Find(table.KeyOf(key))).OfType<Item>().Select(item => expressions.Projected(wanted.ProjectionExpression, item))] },
                    UnprocessedKeys = unprocessed.Count == 0 ? [] : new() { [name] = Rest(wanted, unprocessed) },
                };
            },
            cancellationToken);
    }

    public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) => Call(
        request.TableName,
        "put",
        table =>
        {
            var current = Find(table, request.Item);
            Check(table, request.ConditionExpression, new DynamoExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues), current);
            table.Put(new Item(request.Item));
            return new PutItemResponse();
        },
        cancellationToken);

    public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) => Call(
        request.TableName,
        "update",
        table =>
        {
            var expressions = new DynamoExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
            var current = Find(table, request.Key);
            Check(table, request.ConditionExpression, expressions, current);
            table.Put(expressions.Updated(request.UpdateExpression, current ?? request.Key));
            return new UpdateItemResponse();
        },
        cancellationToken);

    public override Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default) => Call(
        request.TransactItems[0].Update.TableName,
        "transact",
        table =>
        {
            if (dice.Happens($"{table.Name}.conflict", 0.03)) throw Cancelled(request.TransactItems.Select((_, i) => i == 0 ? "TransactionConflict" : "None"));
            List<(Action Do, bool Holds)> writes = [.. request.TransactItems.Select(Prepare)];
            if (writes.Exists(write => !write.Holds)) throw Cancelled(writes.Select(write => write.Holds ? "None" : "ConditionalCheckFailed"));
            foreach (var (write, _) in writes) write();
            return new TransactWriteItemsResponse();
        },
        cancellationToken);

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) => Call(
        request.TableName,
        "query",
        table =>
        {
            var expressions = new DynamoExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
            var found = table.Sorted(request.IndexName, () => dice.Happens($"{table.Name}.index-behind", 0.05)).Where(item => expressions.Holds(request.KeyConditionExpression, item));
            return new QueryResponse { Items = [.. (request.ScanIndexForward == false ? found.Reverse() : found).Take(request.Limit ?? int.MaxValue).Select(item => new Item(item))] };
        },
        cancellationToken);

    public override Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default) => Call(
        request.TableName,
        "scan",
        table =>
        {
            var expressions = new DynamoExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
            return new ScanResponse { Items = [.. table.All.Where(item => expressions.Holds(request.FilterExpression, item)).Select(item => new Item(item))] };
        },
        cancellationToken);

    private Task<T> Call<T>(string table, string operation, Func<SimTable, T> effect, CancellationToken ct) => network.CallAsync(table, $"{table}.{operation}", () => effect(_tables[table]), ct);

    /// <summary>What the table has under the key; throttled where that key alone is.</summary>
    private Item? Find(SimTable table, Item key) => IsThrottled(table, key)
        ? throw new ProvisionedThroughputExceededException("The key is throttled.")
        : table.Find(table.KeyOf(key));

    private bool IsThrottled(SimTable table, Item key) => network.IsAway($"{table.Name}/{table.KeyOf(key)}");

    private void Check(SimTable table, string? condition, DynamoExpressions expressions, Item? current)
    {
        if (isCareless(table.Name) || expressions.Holds(condition, current)) return;
        throw new ConditionalCheckFailedException("The conditional request failed.") { Item = current is null ? null : new Item(current) };
    }

    /// <summary>One write of a transaction, and whether its condition holds.</summary>
    private (Action Do, bool Holds) Prepare(TransactWriteItem write)
    {
        if (write.Put is { } put)
        {
            var into = _tables[put.TableName];
            return (isSkipped(put, into.Find(into.KeyOf(put.Item))) ? () => { } : () => into.Put(new Item(put.Item)), true);
        }

        if (write.Delete is { } delete) return (() => _tables[delete.TableName].Delete(_tables[delete.TableName].KeyOf(delete.Key)), true);
        var (update, table) = (write.Update, _tables[write.Update.TableName]);
        var expressions = new DynamoExpressions(update.ExpressionAttributeNames, update.ExpressionAttributeValues);
        var current = Find(table, update.Key);
        return (() => table.Put(expressions.Updated(update.UpdateExpression, current ?? update.Key)), isCareless(table.Name) || expressions.Holds(update.ConditionExpression, current));
    }

    private static TransactionCanceledException Cancelled(IEnumerable<string> reasons) =>
        new("The transaction is cancelled.") { CancellationReasons = [.. reasons.Select(reason => new CancellationReason { Code = reason })] };

    private static KeysAndAttributes Rest(KeysAndAttributes wanted, List<Item> keys) => new()
    {
        Keys = keys,
        ConsistentRead = wanted.ConsistentRead,
        ProjectionExpression = wanted.ProjectionExpression,
        ExpressionAttributeNames = wanted.ExpressionAttributeNames,
    };
}
