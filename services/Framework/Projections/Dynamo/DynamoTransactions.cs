using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>A write that must happen in the transaction of another.</summary>
/// <param name="Otherwise">What is written in its place where its condition does not hold; null where it has none.</param>
public sealed record WriteBeside(
    TransactWriteItem Write,
    IReadOnlyList<WriteBeside>? Otherwise = null);

/// <summary>Writes an item, and what must change with it, together or not at all.</summary>
internal sealed class DynamoTransactions(IAmazonDynamoDB db, DynamoPauses pauses)
{
    /// <summary>A transaction takes some 10 ms; who conflicts with so many in a row has met more than bad luck.</summary>
    private const int MaxConflicts = 10;

    private const string ConditionFailed = "ConditionalCheckFailed";

    private const string Conflict = "TransactionConflict";

    // The client library retries a single write that is throttled, and no transaction: its reasons say why it was cancelled
    // (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
    private static readonly string[] Passing = [Conflict, "ThrottlingError", "ProvisionedThroughputExceeded"];

    /// <summary>False where the item is not as its condition says; then nothing was written.</summary>
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
                // a transaction holds the item at this moment
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

    /// <summary>Whether another transaction, throttling or a condition with an otherwise is all that stands in the way.</summary>
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
