using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.Projections.Live;

/// <summary>
/// Stores the states in one item <c>read-models</c> of the checkpoints' table, with one attribute per read model:
/// <c>alive</c> or <c>asleep</c>.
/// </summary>
public sealed class DynamoReadModelStates(IAmazonDynamoDB db, string checkpointsTable) : IReadModelStates
{
    private const string KeyName = "name";

    private static Dictionary<string, AttributeValue> Key => new() { [KeyName] = new("read-models") };

    public async Task<IReadOnlyDictionary<string, ReadModelState>> ReadAsync(CancellationToken ct)
    {
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = checkpointsTable, Key = Key, ConsistentRead = true }, ct);
        return answer.IsItemSet
            ? answer.Item.Where(attribute => attribute.Key != KeyName).ToDictionary(attribute => attribute.Key, attribute => Enum.Parse<ReadModelState>(attribute.Value.S, ignoreCase: true))
            : new Dictionary<string, ReadModelState>();
    }

    public Task SetAsync(string readModel, ReadModelState state, CancellationToken ct) => db.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = checkpointsTable,
            Key = Key,
            UpdateExpression = "SET #model = :state",
            ExpressionAttributeNames = new() { ["#model"] = readModel },
            ExpressionAttributeValues = new() { [":state"] = new(state == ReadModelState.Alive ? "alive" : "asleep") },
        },
        ct);
}
