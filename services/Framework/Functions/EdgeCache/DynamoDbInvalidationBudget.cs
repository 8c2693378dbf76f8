using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.Functions.EdgeCache;

/// <summary>
/// A token bucket in DynamoDB that all instances share. One item holds the time at which the bucket will be full. Its
/// key <c>hour</c> is <c>bucket</c>, because earlier releases had an item per hour. <c>fullAt</c> is in epoch
/// milliseconds, <c>expiresAt</c> in epoch seconds. A retry after a lost response may count twice. So the instances may
/// invalidate less than allowed, and never more.
/// </summary>
/// <param name="pathsPerHour">The paths that the bucket gains per hour. With 0, nothing is invalidated.</param>
/// <param name="burst">The paths that a full bucket holds.</param>
public sealed class DynamoDbInvalidationBudget(IAmazonDynamoDB db, string table, int pathsPerHour, int burst, TimeProvider clock) : IInvalidationBudget
{
    private const string Bucket = "bucket";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly long _perPath = pathsPerHour == 0 ? 0 : (long)TimeSpan.FromHours(1).TotalMilliseconds / pathsPerHour;

    public async Task<int> TakeAsync(int paths, CancellationToken ct)
    {
        if (pathsPerHour == 0) return 0;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var latest = now + (burst * _perPath);
        var wanted = Math.Min(paths, burst);
        var isFull = true;
        while (wanted > 0)
        {
            try
            {
                await db.UpdateItemAsync(isFull ? FromFull(now, wanted) : FromRest(now, wanted, latest), ct);
                return wanted;
            }
            catch (ConditionalCheckFailedException e)
            {
                var fullAt = e.Item?.GetValueOrDefault("fullAt") is { } stored ? long.Parse(stored.N, CultureInfo.InvariantCulture) : 0;
                isFull = fullAt <= now;
                if (!isFull) wanted = (int)Math.Min(wanted, (latest - fullAt) / _perPath);
            }
        }

        return 0;
    }

    private UpdateItemRequest FromFull(long now, int paths) => Update(
        now,
        "SET fullAt = :fullAt, expiresAt = :expires",
        "attribute_not_exists(fullAt) OR fullAt <= :now",
        new() { [":fullAt"] = Number(now + (paths * _perPath)), [":now"] = Number(now) });

    private UpdateItemRequest FromRest(long now, int paths, long latest) => Update(
        now,
        "ADD fullAt :cost SET expiresAt = :expires",
        "fullAt > :now AND fullAt <= :most",
        new() { [":cost"] = Number(paths * _perPath), [":now"] = Number(now), [":most"] = Number(latest - (paths * _perPath)) });

    private UpdateItemRequest Update(long now, string update, string condition, Dictionary<string, AttributeValue> values) => new()
    {
        TableName = table,
        Key = new() { ["hour"] = new(Bucket) },
        UpdateExpression = update,
        ConditionExpression = condition,
        ExpressionAttributeValues = new(values)
        {
            // A missing item means a full bucket, so the item must outlive the time at which it is full.
            [":expires"] = Number((now + (burst * _perPath) + (long)Kept.TotalMilliseconds) / 1000),
        },
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
