using Amazon.Runtime;
using Amazon.SecretsManager.Model;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SecretsManager;

/// <summary>Thread-safe. Create one per process. Without credentials it uses the SDK's default chain.</summary>
public sealed class AmazonSecretsManagerClient : WireClient, IAmazonSecretsManager
{
    public AmazonSecretsManagerClient() : this(new AmazonSecretsManagerConfig()) { }

    public AmazonSecretsManagerClient(RegionEndpoint region) : this(new AmazonSecretsManagerConfig { RegionEndpoint = region }) { }

    public AmazonSecretsManagerClient(AmazonSecretsManagerConfig config) : base(null, config) { }

    public AmazonSecretsManagerClient(AWSCredentials credentials) : this(credentials, new AmazonSecretsManagerConfig()) { }

    public AmazonSecretsManagerClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSecretsManagerConfig { RegionEndpoint = region }) { }

    public AmazonSecretsManagerClient(AWSCredentials credentials, AmazonSecretsManagerConfig clientConfig) : base(credentials, clientConfig) { }

    public Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, SecretsManagerJson.Default.GetSecretValueResponse, cancellationToken);
}
