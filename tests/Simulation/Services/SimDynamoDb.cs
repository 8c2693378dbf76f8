using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Topology;

using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// DynamoDB: items in memory, conditional writes, transactions, and indexes that may lag. Keys can be throttled or left
/// unprocessed by a batch, and transactions can conflict. The shop's own adapters use it.
/// </summary>
/// <param name="unfit">Called with what is refused for its size.</param>
/// <param name="isCareless">For a mutant: true if a table's writes ignore their conditions.</param>
/// <param name="isSkipped">For a mutant: true if a transaction omits a write, depending on the stored item.</param>
public sealed class SimDynamoDb(Network network, Dice dice, Action<string> unfit, Func<string, bool> isCareless, Func<Put, Item?, bool> isSkipped) : AmazonDynamoDBClient(
    new AnonymousAWSCredentials(),
    new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:9" })
{
    // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
    private const int TransactionItems = 100;

    private readonly Dictionary<string, SimTable> _tables = ShopTopology.Tables.ToDictionary(table => table.Name, table => new SimTable(table));

    // A world of small items never fills a page of 1 MB. In some worlds a page fits one or two items.
    private readonly long _bytesOfAPage = dice.Roll("dynamodb.page") < 0.3 ? 1_000 : DynamoQuotas.BytesOfAPage;

    public SimTable Table(Table table) => _tables[table.Name];

    /// <summary>Returns true if a partition of an index with the item currently refuses writes.</summary>
    public Func<SimTable, Item, bool> IsIndexHot { get; set; } = (_, _) => false;

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
                Refuse(wanted.Keys.Count is 0 or > DynamoQuotas.KeysInABatch, $"{wanted.Keys.Count} keys in a BatchGetItem");
                Refuse(wanted.Keys.DistinctBy(table.KeyOf).Count() != wanted.Keys.Count, "a key twice in a BatchGetItem");
                var bytes = 0L;
                var unprocessed = wanted.Keys.Where(key => IsThrottled(table, key) || dice.Happens($"{name}.unprocessed", 0.02) || !HasRoom(table, key, ref bytes)).ToList();
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
            table.Put(Fitting(table, new Item(request.Item)));
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
            if (current is not null && IsIndexHot(table, current)) throw new ProvisionedThroughputExceededException("A partition of an index is throttled.");
            Check(table, request.ConditionExpression, expressions, current);
            table.Put(Fitting(table, expressions.Updated(request.UpdateExpression, current ?? request.Key)));
            return new UpdateItemResponse { Attributes = request.ReturnValues == ReturnValue.ALL_OLD && current is not null ? new Item(current) : null };
        },
        cancellationToken);

    public override Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default) => Call(
        request.TableName,
        "delete",
        table =>
        {
            var current = Find(table, request.Key);
            Check(table, request.ConditionExpression, new DynamoExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues), current);
            table.Delete(table.KeyOf(request.Key));
            return new DeleteItemResponse { Attributes = request.ReturnValues == ReturnValue.ALL_OLD && current is not null ? new Item(current) : null };
        },
        cancellationToken);

    public override Task<BatchWriteItemResponse> BatchWriteItemAsync(BatchWriteItemRequest request, CancellationToken cancellationToken = default)
    {
        var (name, writes) = request.RequestItems.Single();
        return Call(
            name,
            "batch-write",
            table =>
            {
                Refuse(writes.Count is 0 or > DynamoQuotas.ItemsInABatchWrite, $"{writes.Count} writes in a BatchWriteItem");
                Refuse(writes.DistinctBy(KeyOf).Count() != writes.Count, "an item twice in a BatchWriteItem");
                var unprocessed = writes.Where(_ => dice.Happens($"{name}.unwritten", 0.02)).ToList();
                foreach (var write in writes.Except(unprocessed))
                {
                    if (write.PutRequest is { } put) table.Put(Fitting(table, new Item(put.Item)));
                    else table.Delete(KeyOf(write));
                }

                return new BatchWriteItemResponse { UnprocessedItems = unprocessed.Count == 0 ? [] : new() { [name] = unprocessed } };

                string KeyOf(WriteRequest write) => table.KeyOf(write.PutRequest?.Item ?? write.DeleteRequest.Key);
            },
            cancellationToken);
    }

    public override Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default) => Call(
        request.TransactItems[0].Update.TableName,
        "transact",
        table =>
        {
            Refuse(request.TransactItems.Count > TransactionItems, $"{request.TransactItems.Count} items in a transaction");
            if (dice.Happens($"{table.Name}.conflict", 0.03)) throw Cancelled(request.TransactItems.Select((_, i) => i == 0 ? "TransactionConflict" : "None"));
            List<(Action Do, bool Holds, long Bytes)> writes = [.. request.TransactItems.Select(Prepare)];
            Refuse(writes.Sum(write => write.Bytes) > StoreLimits.DynamoDbTransaction.Bytes, "a transaction of more than 4 MB");
            // According to the API reference of TransactWriteItems, throttling has its own codes among the reasons.
            if (ThrottlingOf(request.TransactItems) is { } throttled) throw Cancelled(throttled);
            if (writes.Exists(write => !write.Holds)) throw Cancelled(writes.Select(write => write.Holds ? "None" : "ConditionalCheckFailed"));
            foreach (var (write, _, _) in writes) write();
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
            if (request.ScanIndexForward == false) found = found.Reverse();
            if (request.ExclusiveStartKey is { Count: > 0 } after)
            {
                var (order, direction) = (table.InOrderOf(request.IndexName), request.ScanIndexForward == false ? -1 : 1);
                found = found.Where(item => order.Compare(item, after) * direction > 0);
            }

            var (items, last) = Page(table, found, request.Limit);
            return new QueryResponse { Items = items, LastEvaluatedKey = last is null ? null : table.PlaceOf(request.IndexName, last) };
        },
        cancellationToken);

    public override Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default) => Call(
        request.TableName,
        "scan",
        table =>
        {
            var expressions = new DynamoExpressions(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
            var order = table.InOrderOf(null);
            var (items, last) = Page(table, table.All.Order(order).Where(item => request.ExclusiveStartKey is not { Count: > 0 } after || order.Compare(item, after) > 0), request.Limit);
            return new ScanResponse
            {
                Items = [.. items.Where(item => expressions.Holds(request.FilterExpression, item))],
                LastEvaluatedKey = last is null ? null : table.PlaceOf(null, last),
            };
        },
        cancellationToken);

    private Task<T> Call<T>(string table, string operation, Func<SimTable, T> effect, CancellationToken ct) => network.CallAsync(table, $"{table}.{operation}", () => effect(_tables[table]), ct);

    /// <summary>
    /// Returns one page of the found items, and its last item if more may follow: the page is full, or has the
    /// requested number.
    /// </summary>
    private (List<Item> Items, Item? Last) Page(SimTable table, IEnumerable<Item> found, int? limit)
    {
        List<Item> page = [];
        var bytes = 0L;
        // A search reads one page of words, and reports if there were more.
        var most = table.Name == ShopTopology.ProductSearchV1Words.Name ? DynamoQuotas.BytesOfAPage : _bytesOfAPage;
        foreach (var item in found)
        {
            page.Add(new Item(item));
            bytes += Sizes.OfItem(item);
            if (page.Count == limit || bytes >= most) return (page, item);
        }

        return (page, null);
    }

    /// <summary>Returns true if a batch's response has room for the item of a key.</summary>
    private static bool HasRoom(SimTable table, Item key, ref long bytes)
    {
        if (table.Find(table.KeyOf(key)) is { } item) bytes += Sizes.OfItem(item);
        return bytes <= DynamoQuotas.BytesOfABatch;
    }

    /// <summary>Returns the reasons of a throttled transaction, or null if it is not throttled.</summary>
    private List<string>? ThrottlingOf(List<TransactWriteItem> writes)
    {
        List<(SimTable Table, Item Key)> keys = [.. writes.Select(write => write switch
        {
            { Put: { } put } => (_tables[put.TableName], put.Item),
            { Delete: { } delete } => (_tables[delete.TableName], delete.Key),
            _ => (_tables[write.Update.TableName], write.Update.Key),
        })];
        Refuse(keys.DistinctBy(write => (write.Table, write.Table.KeyOf(write.Key))).Count() != keys.Count, "two writes of an item in a transaction");
        List<string> reasons = [.. keys.Select(write => IsWriteThrottled(write.Table, write.Key) ? "ThrottlingError" : "None")];
        return reasons.Contains("ThrottlingError") ? reasons : null;
    }

    private bool IsWriteThrottled(SimTable table, Item key) => IsThrottled(table, key) || table.Find(table.KeyOf(key)) is { } item && IsIndexHot(table, item);

    /// <summary>Returns the item under the key, or throttles if only that key is throttled.</summary>
    private Item? Find(SimTable table, Item key) => IsThrottled(table, key)
        ? throw new ProvisionedThroughputExceededException("The key is throttled.")
        : table.Find(table.KeyOf(key));

    private bool IsThrottled(SimTable table, Item key) => network.IsAway($"{table.Name}/{table.KeyOf(key)}");

    private void Check(SimTable table, string? condition, DynamoExpressions expressions, Item? current)
    {
        if (isCareless(table.Name) || expressions.Holds(condition, current)) return;
        throw new ConditionalCheckFailedException("The conditional request failed.") { Item = current is null ? null : new Item(current) };
    }

    /// <summary>Prepares one write of a transaction, and checks its condition.</summary>
    private (Action Do, bool Holds, long Bytes) Prepare(TransactWriteItem write)
    {
        if (write.Put is { } put)
        {
            var into = _tables[put.TableName];
            var added = Fitting(into, new Item(put.Item));
            return (isSkipped(put, into.Find(into.KeyOf(added))) ? () => { } : () => into.Put(added), true, Sizes.OfItem(added));
        }

        if (write.Delete is { } delete) return (() => _tables[delete.TableName].Delete(_tables[delete.TableName].KeyOf(delete.Key)), true, 0);
        var (update, table) = (write.Update, _tables[write.Update.TableName]);
        var expressions = new DynamoExpressions(update.ExpressionAttributeNames, update.ExpressionAttributeValues);
        var current = table.Find(table.KeyOf(update.Key));
        var changed = Fitting(table, expressions.Updated(update.UpdateExpression, current ?? update.Key));
        return (() => table.Put(changed), isCareless(table.Name) || expressions.Holds(update.ConditionExpression, current), Sizes.OfItem(changed));
    }

    /// <summary>Returns the item if the table and its indexes can store it.</summary>
    private Item Fitting(SimTable table, Item item)
    {
        var bytes = Sizes.OfItem(item);
        Refuse(bytes > StoreLimits.DynamoDbItem.Bytes, $"an item of {bytes} bytes in {table.Name}");
        foreach (var key in table.SortKeys)
            Refuse(item.TryGetValue(key, out var value) && Sizes.Utf8(value.S) > StoreLimits.DynamoDbSortKey.Bytes, $"{key} of {table.Name} is too long for a key");
        return item;
    }

    private void Refuse(bool isUnfit, string what)
    {
        if (!isUnfit) return;
        unfit($"dynamodb: {what}");
        throw new AmazonDynamoDBException($"{what}.") { ErrorCode = "ValidationException" };
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
