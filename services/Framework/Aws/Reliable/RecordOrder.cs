namespace ServerlessCqrs.Aws.Reliable;

/// <summary>What <see cref="KinesisRecordWriter"/> promises about the order of the records of one call.</summary>
public enum RecordOrder
{
    /// <summary>Records of one partition key land in the order given. Costs a call for each record of the most frequent key.</summary>
    PerPartitionKey,

    /// <summary>None: for records that came from callers who did not wait for one another.</summary>
    Any,
}
