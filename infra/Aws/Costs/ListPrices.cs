namespace ServerlessCqrs.Deployment.Costs;

/// <summary>
/// On-demand list prices of us-east-1 in US dollars, without free tiers. They were recalled in November 2026, not
/// fetched from AWS's price pages: check them before you decide by them.
/// </summary>
internal static class ListPrices
{
    public const double HoursPerMonth = 730;
    public const double KinesisShardHour = 0.015;

    /// <summary>For retention beyond 24 hours.</summary>
    public const double KinesisExtendedShardHour = 0.020;

    /// <summary>A record of up to 25 KB.</summary>
    public const double KinesisPut = 0.014e-6;
    public const double HttpApiRequest = 1.00e-6;

    /// <summary>A message of up to 32 KB, in either direction.</summary>
    public const double WebSocketMessage = 1.00e-6;
    public const double WebSocketMinute = 0.25e-6;

    /// <summary>HTTPS, North America and Europe.</summary>
    public const double CloudFrontRequest = 1.00e-6;
    public const double CloudFrontFunctionCall = 0.10e-6;
    public const double CloudFrontGigabyte = 0.085;
    public const double LambdaRequest = 0.20e-6;

    /// <summary>Graviton.</summary>
    public const double LambdaGigabyteSecond = 0.0000133334;
    public const double DynamoDbWriteUnit = 0.625e-6;
    public const double DynamoDbReadUnit = 0.125e-6;
    public const double SnsPublish = 0.50e-6;
    public const double SqsRequest = 0.40e-6;
    public const double LogGigabyte = 0.50;
    public const double XRayTrace = 5.00e-6;
    public const double KmsKey = 1.00;
    public const double Secret = 0.40;
    public const double Alarm = 0.10;

    /// <summary>A custom metric, or one of detailed monitoring.</summary>
    public const double Metric = 0.30;
    public const double Dashboard = 3.00;
    public const double PrivateZone = 0.50;
    public const double Gp3Gigabyte = 0.08;
    public const double PublicAddressHour = 0.005;

    /// <summary>An interface endpoint, in one zone.</summary>
    public const double EndpointHour = 0.01;
    public const double S3Gigabyte = 0.023;
    public const double T4gNanoHour = 0.0042;
    public const double T4gLargeHour = 0.0672;
    public const double R8gXlargeHour = 0.2356;
    public const double InvalidationPath = 0.005;

    /// <summary>The free paths per month.</summary>
    public const double FreeInvalidations = 1_000;
}
