namespace ServerlessCqrs.Benchmarks;

/// <summary>On-demand list prices of us-east-1 in US dollars, as published by AWS for 2026.</summary>
internal static class ListPrices
{
    /// <summary>$0.625 a million write request units; one is up to 1 KB.</summary>
    public const double DynamoDbWriteUnit = 0.625e-6;

    /// <summary>$0.125 a million read request units; one is up to 4 KB, strongly consistent.</summary>
    public const double DynamoDbReadUnit = 0.125e-6;

    /// <summary>$0.50 a million requests; each started 64 KB of a message is one. Deliveries to SQS are free.</summary>
    public const double SnsPublish = 0.50e-6;
}
