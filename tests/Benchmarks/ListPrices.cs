namespace ServerlessCqrs.Benchmarks;

/// <summary>On-demand list prices of us-east-1 in US dollars, as published by AWS for 2026.</summary>
internal static class ListPrices
{
    /// <summary>$0.625 per million write request units; one is up to 1 KB.</summary>
    public const double DynamoDbWriteUnit = 0.625e-6;

    /// <summary>$0.125 per million read request units; one is up to 4 KB, strongly consistent.</summary>
    public const double DynamoDbReadUnit = 0.125e-6;

    /// <summary>
    /// $0.50 per million requests; each started 64 KB of a message is one. Deliveries to SQS are free.
    /// </summary>
    public const double SnsPublish = 0.50e-6;

    /// <summary>A path of an invalidation, beyond <see cref="FreeInvalidations"/> per month.</summary>
    public const double InvalidationPath = 0.005;
    public const double FreeInvalidations = 1_000;

    /// <summary>
    /// A product that the edge fetches: $1.00 per million requests of the HTTP API, $0.20 of Lambda, 5 ms of 1 GB on
    /// Graviton, and a consistent read of up to 8 KB.
    /// </summary>
    public const double OriginRead = 1.00e-6 + 0.20e-6 + (0.005 * 0.0000133334) + (2 * DynamoDbReadUnit);
}
