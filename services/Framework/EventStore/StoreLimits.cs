using ServerlessCqrs.Aws.Reliable;

namespace ServerlessCqrs.EventStore;

/// <summary>A size limit of a store.</summary>
/// <param name="Store">The store, and what the limit applies to.</param>
/// <param name="Bytes">The maximum in bytes, counted as the source says.</param>
/// <param name="Source">The vendor's documentation.</param>
public sealed record StoreLimit(
    string Store,
    long Bytes,
    string Source);

/// <summary>
/// The limits of every store that a command passes, and our own limits within them. The limits of commands and
/// documents (<c>ProductLimits</c> and the like) make the largest command and the largest reachable state fit all
/// stores. <c>LargestSpecs</c> builds and compares both.
/// </summary>
public static class StoreLimits
{
    private const int KB = 1024;

    /// <summary>
    /// Our limit of a record on the command stream. An outcome that keeps its data must fit into a tip next to the
    /// state.
    /// </summary>
    public const int Command = 100 * KB;

    /// <summary>
    /// Our limit of a stream's latest commit. Further commands of a batch are committed in another round.
    /// </summary>
    public const int Commit = 100 * KB;

    /// <summary>
    /// Our limit of the records that a tip parks. They share its item with the state and the latest commit.
    /// </summary>
    public const int Parked = 100 * KB;

    /// <summary>
    /// Our limit of a message, because SNS and SQS bill per started 64 KB. A larger event gets its own message.
    /// </summary>
    public const int Message = 64 * KB;

    /// <summary>
    /// A stream can be configured for records of 10 MiB, and its calls then accept 10 MiB. Every stream and every call
    /// accept this size.
    /// </summary>
    public static StoreLimit KinesisRecord { get; } = new("Kinesis: a record with its partition key", KinesisRecordWriter.MaxRecordBytes, "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html");

    public static StoreLimit KinesisCall { get; } = new("Kinesis: the records of a call", KinesisRecordWriter.MaxCallBytes, "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html");

    /// <summary>
    /// Names and values count together
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
    /// </summary>
    public static StoreLimit DynamoDbItem { get; } = new("DynamoDB: an item", 400 * KB, "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items");

    /// <summary>A transaction also has at most 100 items.</summary>
    public static StoreLimit DynamoDbTransaction { get; } = new("DynamoDB: the items of a transaction", 4 * KB * KB, "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html");

    public static StoreLimit DynamoDbSortKey { get; } = new("DynamoDB: a sort key, an index's too", 1 * KB, "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys");

    /// <summary>
    /// Body and attributes count together. A topic can be configured for more, and every topic accepts this size.
    /// </summary>
    public static StoreLimit SnsMessage { get; } = new("SNS: a message", SnsBatchPublisher.MaxCallBytes, "https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html");

    /// <summary>
    /// Body and attributes count together. A queue can be configured for more, and every queue accepts this size.
    /// </summary>
    public static StoreLimit SqsMessage { get; } = new("SQS: a message", 256 * KB, "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html");

    /// <summary>
    /// A value of type String has no limit of its own (https://clickhouse.com/docs/sql-reference/data-types/string).
    /// </summary>
    public static StoreLimit ClickHouseText { get; } = new("ClickHouse: a text of an inserted row", 1L * KB * KB * KB, "https://clickhouse.com/docs/operations/settings/formats#format_binary_max_string_size");

    /// <summary>
    /// The JSON response that the function returns to Lambda, which contains the body as a JSON text.
    /// </summary>
    public static StoreLimit LambdaAnswer { get; } = new("Lambda: the answer of a function", 6 * KB * KB, "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html");

    public static IReadOnlyList<StoreLimit> All { get; } = [KinesisRecord, KinesisCall, DynamoDbItem, DynamoDbTransaction, DynamoDbSortKey, SnsMessage, SqsMessage, ClickHouseText, LambdaAnswer];
}
