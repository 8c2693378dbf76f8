using ServerlessCqrs.Local.Resources;

namespace ServerlessCqrs.Local.Lambda;

/// <summary>What every program here has in its environment: the region, credentials that emulators take, and where each service is reached.</summary>
public static class StackEnvironment
{
    /// <summary>The setting with ClickHouse's password.</summary>
    public const string ClickHousePassword = "CLICKHOUSE_PASSWORD";

    /// <param name="endpoints">By the SDK's service id in capitals: <c>DYNAMODB</c>, <c>KINESIS</c>, <c>SNS</c>, <c>SQS</c>, <c>SESV2</c>, <c>CLOUDFRONT</c>.</param>
    /// <param name="password">ClickHouse's; null when it needs none.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, Uri> endpoints, string? password = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_REGION"] = AwsClients.Region,
            ["AWS_DEFAULT_REGION"] = AwsClients.Region,
            ["AWS_ACCESS_KEY_ID"] = AwsClients.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = AwsClients.SecretAccessKey,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        foreach (var (service, uri) in endpoints)
            environment[$"AWS_ENDPOINT_URL_{service}"] = uri.ToString().TrimEnd('/');
        if (password is not null)
            environment[ClickHousePassword] = password;
        return environment;
    }
}
