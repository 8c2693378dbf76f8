using ServerlessCqrs.Aws.Reliable;

namespace ServerlessCqrs.EventStore;

/// <summary>What one store takes.</summary>
/// <param name="Store">Which store, and what of it.</param>
/// <param name="Bytes">The most bytes, counted as the source counts them.</param>
/// <param name="Source">The vendor's documentation.</param>
public sealed record StoreLimit(
    string Store,
    long Bytes,
    string Source);

/// <summary>
/// The limit of every store on the way of a command, and ours within it. The limits of commands and documents (<c>ProductLimits</c> and its like) are chosen so that the largest command, and the largest state that any sequence of
/// commands can reach, fit all of them: <c>LargestSpecs</c> builds both and compares.
/// </summary>
public static class StoreLimits
{
    private const int KB = 1024;

    /// <summary>Ours, for a record of the command stream: an outcome that keeps its data must fit a tip beside the state.</summary>
    public const int Command = 100 * KB;

    /// <summary>Ours, for a stream's newest commit: more commands of one batch are committed in rounds.</summary>
    public const int Commit = 100 * KB;

    /// <summary>Ours, for the records that a tip parks: they share its item with the state and the newest commit.</summary>
    public const int Parked = 100 * KB;

    /// <summary>Ours, for a message: SNS and SQS bill each started 64 KB. A larger event stands alone in one.</summary>
    public const int Message = 64 * KB;

    /// <summary>A stream can be configured for records of 10 MiB, and a call takes 10 MiB then; every stream and every call take this.</summary>
    public static StoreLimit KinesisRecord { get; } = new("Kinesis: a record with its partition key", KinesisRecordWriter.MaxRecordBytes, "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html");

    public static StoreLimit KinesisCall { get; } = new("Kinesis: the records of a call", KinesisRecordWriter.MaxCallBytes, "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html");

    /// <summary>Names and values together: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.</summary>
    public static StoreLimit DynamoDbItem { get; } = new("DynamoDB: an item", 400 * KB, "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items");

    /// <summary>At most 100 items.</summary>
    public static StoreLimit DynamoDbTransaction { get; } = new("DynamoDB: the items of a transaction", 4 * KB * KB, "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html");

    public static StoreLimit DynamoDbSortKey { get; } = new("DynamoDB: a sort key, an index's too", 1 * KB, "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys");

    /// <summary>Body and attributes together. A topic can be configured for more; every topic takes this.</summary>
    public static StoreLimit SnsMessage { get; } = new("SNS: a message", SnsBatchPublisher.MaxCallBytes, "https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html");

    /// <summary>Body and attributes together. A queue can be configured for more; every queue takes this.</summary>
    public static StoreLimit SqsMessage { get; } = new("SQS: a message", 256 * KB, "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html");

    /// <summary>A value of type String itself has no limit: https://clickhouse.com/docs/sql-reference/data-types/string.</summary>
    public static StoreLimit ClickHouseText { get; } = new("ClickHouse: a text of an inserted row", 1L * KB * KB * KB, "https://clickhouse.com/docs/operations/settings/formats#format_binary_max_string_size");

    /// <summary>The answer in the JSON that the function gives Lambda, so with its body as a JSON text.</summary>
    public static StoreLimit LambdaAnswer { get; } = new("Lambda: the answer of a function", 6 * KB * KB, "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html");

    public static IReadOnlyList<StoreLimit> All { get; } = [KinesisRecord, KinesisCall, DynamoDbItem, DynamoDbTransaction, DynamoDbSortKey, SnsMessage, SqsMessage, ClickHouseText, LambdaAnswer];
}
