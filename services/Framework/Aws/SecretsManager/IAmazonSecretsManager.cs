using Amazon.Runtime;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>
/// Secrets Manager: the operation that we use. Names are those of the official package. Source:
/// https://docs.aws.amazon.com/secretsmanager/latest/apireference/
/// </summary>
public interface IAmazonSecretsManager : IAmazonService, IDisposable
{
    /// <summary>Returns the current secret, unless the request names a version.</summary>
    Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSecretsManagerConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSecretsManagerClient(awsCredentials, (AmazonSecretsManagerConfig)clientConfig);
}
