using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections.Dynamo;

namespace ServerlessCqrs.Projections.Lag;

/// <summary>
/// Stores watermarks in the checkpoints' table, as one item <c>lag#{read model}</c> each, in milliseconds.
/// </summary>
public sealed class DynamoLagWatermarks(IAmazonDynamoDB db, string checkpointsTable) : ILagWatermarks, ILagRecorder
{
    public async Task<DateTimeOffset?> FindAsync(string readModel, CancellationToken ct)
    {
        var answer = await db.GetItemAsync(new GetItemRequest { TableName = checkpointsTable, Key = KeyOf(readModel), ConsistentRead = true }, ct);
        return answer.IsItemSet ? DateTimeOffset.FromUnixTimeMilliseconds(ItemReader.NumberOf(answer.Item, "appliedThrough")) : null;
    }

    public async Task RaiseAsync(string readModel, DateTimeOffset watermark, CancellationToken ct)
    {
        try
        {
            await db.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = checkpointsTable,
                    Key = KeyOf(readModel),
                    UpdateExpression = "SET #through = :through",
                    ConditionExpression = "attribute_not_exists(#through) OR #through < :through",
                    ExpressionAttributeNames = new() { ["#through"] = "appliedThrough" },
                    ExpressionAttributeValues = new() { [":through"] = ItemReader.Number(watermark.ToUnixTimeMilliseconds()) },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another observer was ahead.
        }
    }

    private static Dictionary<string, AttributeValue> KeyOf(string readModel) => new() { ["name"] = new($"lag#{readModel}") };
}
