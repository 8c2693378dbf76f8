using Amazon.Runtime;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>
/// Secrets Manager: the operation that we use, by the names of the official package.
/// Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/
/// </summary>
public interface IAmazonSecretsManager : IAmazonService, IDisposable
{
    /// <summary>The secret as it is now, unless the request names a version.</summary>
    Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSecretsManagerConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSecretsManagerClient(awsCredentials, (AmazonSecretsManagerConfig)clientConfig);
}
