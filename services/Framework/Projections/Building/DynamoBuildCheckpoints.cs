using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Building;

/// <summary>
/// Stores builds' checkpoints in the checkpoints' table, as one item <c>build#{build}</c> each. A complete build has no
/// position <c>through</c>.
/// </summary>
public sealed class DynamoBuildCheckpoints(IAmazonDynamoDB db, string checkpointsTable) : IBuildCheckpoints
{
    public async Task<BuildCheckpoint?> FindAsync(string build, CancellationToken ct)
    {
        var item = await ReadAsync(build, ct);
        return item?.TryGetValue("through", out var through) is true
            ? new BuildCheckpoint(StreamId.Parse(through.S), ItemReader.NumberOf(item, "streams"), ItemReader.NumberOf(item, "events"))
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

    public Task CompleteAsync(string build, CancellationToken ct) => db.PutItemAsync(new PutItemRequest { TableName = checkpointsTable, Item = KeyOf(build) }, ct);

    public async Task<bool> IsCompleteAsync(string build, CancellationToken ct) => await ReadAsync(build, ct) is { } item && !item.ContainsKey("through");

    public Task DeleteAsync(string build, CancellationToken ct) => db.DeleteItemAsync(new DeleteItemRequest { TableName = checkpointsTable, Key = KeyOf(build) }, ct);

    private async Task<Dictionary<string, AttributeValue>?> ReadAsync(string build, CancellationToken ct)
    {
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = checkpointsTable, Key = KeyOf(build), ConsistentRead = true }, ct);
        return answer.IsItemSet ? answer.Item : null;
    }

    private static Dictionary<string, AttributeValue> KeyOf(string build) => new() { ["name"] = new($"build#{build}") };
}
