namespace ServerlessCqrs.Aws.Reliable;

/// <summary>The order that <see cref="KinesisRecordWriter"/> guarantees for the records of one call.</summary>
public enum RecordOrder
{
    /// <summary>
    /// Keeps the order of records with the same partition key. Costs one call per record of the most frequent key.
    /// </summary>
    PerPartitionKey,

    /// <summary>Guarantees no order, for records of callers that did not wait for each other.</summary>
    Any,
}
