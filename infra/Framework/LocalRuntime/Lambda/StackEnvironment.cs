using ServerlessCqrs.Calls;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// The environment variables of every local program: region, credentials for emulators, service endpoints, and the
/// recording of AWS calls.
/// </summary>
public static class StackEnvironment
{
    /// <param name="endpoints">By the SDK's service id in capitals: <c>DYNAMODB</c>, <c>KINESIS</c>, <c>SNS</c>,
    /// <c>SQS</c>, <c>SESV2</c>, <c>CLOUDFRONT</c>, <c>KMS</c>, <c>SECRETS_MANAGER</c>.</param>
    /// <param name="calls">The folder to record the programs' AWS calls into; null records none.</param>
    /// <param name="counts">The folder to count them into; null counts none.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, Uri> endpoints, string? calls = null, string? counts = null)
    {
        var environment = new Dictionary<string, string>(Recording.Into(calls, counts: counts))
        {
            ["AWS_REGION"] = AwsClients.Region,
            ["AWS_DEFAULT_REGION"] = AwsClients.Region,
            ["AWS_ACCESS_KEY_ID"] = AwsClients.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = AwsClients.SecretAccessKey,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        foreach (var (service, uri) in endpoints)
            environment[$"AWS_ENDPOINT_URL_{service}"] = uri.ToString().TrimEnd('/');
        return environment;
    }
}
