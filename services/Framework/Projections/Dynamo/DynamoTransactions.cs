using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>A write that must be in the same transaction as another.</summary>
/// <param name="Otherwise">The writes to use instead if its condition fails, or null if it has no condition.</param>
public sealed record WriteBeside(
    TransactWriteItem Write,
    IReadOnlyList<WriteBeside>? Otherwise = null);

/// <summary>Writes an item and the changes that belong to it, together or not at all.</summary>
internal sealed class DynamoTransactions(IAmazonDynamoDB db, DynamoPauses pauses)
{
    /// <summary>A transaction takes about 10 ms. So many conflicts in a row are not chance.</summary>
    private const int MaxConflicts = 10;

    private const string ConditionFailed = "ConditionalCheckFailed";

    private const string Conflict = "TransactionConflict";

    // The client library retries a throttled single write, but no transaction. A cancelled transaction lists its
    // reasons (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
    private static readonly string[] Passing = [Conflict, "ThrottlingError", "ProvisionedThroughputExceeded"];

    /// <summary>Returns false, and writes nothing, if the condition on the item fails.</summary>
    public async Task<bool> WriteAsync(Update item, IReadOnlyList<WriteBeside> beside, CancellationToken ct)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            if (conflicts > 0) await pauses.AfterConflictAsync(conflicts, ct);
            try
            {
                if (beside.Count == 0) await db.UpdateItemAsync(Alone(item), ct);
                else await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [new TransactWriteItem { Update = item }, .. beside.Select(other => other.Write)] }, ct);
                return true;
            }
            catch (ConditionalCheckFailedException)
            {
                return false;
            }
            catch (TransactionConflictException) when (conflicts < MaxConflicts)
            {
                // A transaction currently holds the item.
            }
            catch (TransactionCanceledException e) when (e.CancellationReasons is [{ Code: ConditionFailed }, ..])
            {
                return false;
            }
            catch (TransactionCanceledException e) when (conflicts < MaxConflicts && IsToBeTriedAgain(e, beside))
            {
                beside = [.. beside.SelectMany((other, i) => e.CancellationReasons[i + 1].Code == ConditionFailed ? other.Otherwise! : [other])];
            }
        }
    }

    /// <summary>
    /// Returns true if the only reasons are another transaction, throttling, or a failed condition with an alternative.
    /// </summary>
    private static bool IsToBeTriedAgain(TransactionCanceledException e, IReadOnlyList<WriteBeside> beside) =>
        e.CancellationReasons.Count == beside.Count + 1
        && e.CancellationReasons.Select((reason, i) => reason.Code is null or "None" || Passing.Contains(reason.Code) || reason.Code == ConditionFailed && beside[i - 1].Otherwise is not null).All(may => may);

    private static UpdateItemRequest Alone(Update item) => new()
    {
        TableName = item.TableName,
        Key = item.Key,
        UpdateExpression = item.UpdateExpression,
        ConditionExpression = item.ConditionExpression,
        ExpressionAttributeNames = item.ExpressionAttributeNames,
        ExpressionAttributeValues = item.ExpressionAttributeValues,
    };
}
