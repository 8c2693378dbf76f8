namespace ServerlessCqrs.Simulation.Services;

/// <summary>DynamoDB's limits of one call.</summary>
internal static class DynamoQuotas
{
    /// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: "up to 16 MB of data, which can contain as many as 100 items".</summary>
    public const int KeysInABatch = 100;

    public const long BytesOfABatch = 16 * 1024 * 1024;

    /// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html: "as many as 25 item put or delete operations".</summary>
    public const int ItemsInABatchWrite = 25;

    /// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html: a page ends at 1 MB.</summary>
    public const long BytesOfAPage = 1024 * 1024;
}
