using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections.Dynamo;

namespace ServerlessCqrs.Projections.Routing;

/// <summary>
/// Stores the routes in one item <c>routes</c> of the checkpoints' table, with one attribute per read model. It is a
/// map of <c>model</c>, <c>percent</c>, <c>named</c> (its buckets) and <c>final</c>.
/// </summary>
public sealed class DynamoReadModelRoutes(IAmazonDynamoDB db, string checkpointsTable) : IReadModelRoutes
{
    private const string KeyName = "name";

    private static Dictionary<string, AttributeValue> Key => new() { [KeyName] = new("routes") };

    public async Task<IReadOnlyDictionary<string, ReadModelRoute>> ReadAsync(CancellationToken ct)
    {
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = checkpointsTable, Key = Key, ConsistentRead = true }, ct);
        return answer.IsItemSet
            ? answer.Item.Where(attribute => attribute.Key != KeyName).ToDictionary(attribute => attribute.Key, attribute => Read(attribute.Value.M))
            : new Dictionary<string, ReadModelRoute>();
    }

    public Task SetAsync(string name, ReadModelRoute route, CancellationToken ct) => UpdateAsync("SET #name = :route", name, new() { [":route"] = new() { M = Write(route) } }, ct);

    public Task RemoveAsync(string name, CancellationToken ct) => UpdateAsync("REMOVE #name", name, null, ct);

    private Task UpdateAsync(string update, string name, Dictionary<string, AttributeValue>? values, CancellationToken ct) => db.UpdateItemAsync(
        new UpdateItemRequest { TableName = checkpointsTable, Key = Key, UpdateExpression = update, ExpressionAttributeNames = new() { ["#name"] = name }, ExpressionAttributeValues = values },
        ct);

    private static Dictionary<string, AttributeValue> Write(ReadModelRoute route) => new()
    {
        ["model"] = new(route.Model),
        ["percent"] = ItemReader.Number(route.Percent),
        ["named"] = new() { L = [.. route.Named.Select(bucket => ItemReader.Number(bucket))], IsLSet = true },
        ["final"] = new() { BOOL = route.IsFinal },
    };

    private static ReadModelRoute Read(Dictionary<string, AttributeValue> route) => new(
        route["model"].S,
        (int)ItemReader.NumberOf(route, "percent"),
        [.. (route["named"].L ?? []).Select(bucket => int.Parse(bucket.N, System.Globalization.CultureInfo.InvariantCulture))])
    {
        IsFinal = route.TryGetValue("final", out var final) && final.BOOL is true,
    };
}
