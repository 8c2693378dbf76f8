using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.ReadModels.Dynamo;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ReadModels.Building;

/// <summary>Checkpoints of builds in the checkpoints' table, an item <c>build#{build}</c> each.</summary>
public sealed class DynamoBuildCheckpoints(IAmazonDynamoDB db, string checkpointsTable) : IBuildCheckpoints
{
    public async Task<BuildCheckpoint?> FindAsync(string build, CancellationToken ct)
    {
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = checkpointsTable, Key = KeyOf(build), ConsistentRead = true }, ct);
        return answer.IsItemSet
            ? new BuildCheckpoint(StreamId.Parse(answer.Item["through"].S), ItemReader.NumberOf(answer.Item, "streams"), ItemReader.NumberOf(answer.Item, "events"))
            : null;
    }

    public Task SaveAsync(string build, BuildCheckpoint checkpoint, CancellationToken ct) => db.PutItemAsync(
        new PutItemRequest
        {
            TableName = checkpointsTable,
            Item = new(KeyOf(build))
            {
                ["through"] = new(checkpoint.Through.ToString()),
                ["streams"] = ItemReader.Number(checkpoint.Streams),
                ["events"] = ItemReader.Number(checkpoint.Events),
            },
        },
        ct);

    public Task DeleteAsync(string build, CancellationToken ct) => db.DeleteItemAsync(new DeleteItemRequest { TableName = checkpointsTable, Key = KeyOf(build) }, ct);

    private static Dictionary<string, AttributeValue> KeyOf(string build) => new() { ["name"] = new($"build#{build}") };
}
