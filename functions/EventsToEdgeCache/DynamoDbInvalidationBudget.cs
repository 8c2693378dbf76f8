using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>
/// The budget in DynamoDB, for all instances together: one item an hour (<c>hour</c> as in <c>2026-11-23T10</c>, UTC; <c>used</c>, in paths; <c>expiresAt</c>, in epoch seconds). A lost answer may count twice, so less is invalidated than
/// allowed, never more.
/// </summary>
public sealed class DynamoDbInvalidationBudget(IAmazonDynamoDB db, string table, int pathsPerHour, TimeProvider clock) : IInvalidationBudget
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public async Task<int> TakeAsync(int paths, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var wanted = Math.Min(paths, pathsPerHour);
        while (wanted > 0)
        {
            try
            {
                await db.UpdateItemAsync(Add(now, wanted), ct);
                return wanted;
            }
            catch (ConditionalCheckFailedException e)
            {
                // Only less and less is left within an hour, so this ends.
                wanted = Math.Min(wanted - 1, pathsPerHour - int.Parse(e.Item["used"].N, CultureInfo.InvariantCulture));
            }
        }

        return 0;
    }

    private UpdateItemRequest Add(DateTimeOffset now, int paths) => new()
    {
        TableName = table,
        Key = new() { ["hour"] = new(now.UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture)) },
        UpdateExpression = "SET expiresAt = if_not_exists(expiresAt, :expires) ADD #used :paths",
        ConditionExpression = "attribute_not_exists(#used) OR #used <= :most",
        ExpressionAttributeNames = new() { ["#used"] = "used" },
        ExpressionAttributeValues = new()
        {
            [":paths"] = Number(paths),
            [":most"] = Number(pathsPerHour - paths),
            [":expires"] = Number((now + Kept).ToUnixTimeSeconds()),
        },
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
