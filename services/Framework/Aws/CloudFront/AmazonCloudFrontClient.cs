using Amazon.CloudFront.Model;
using Amazon.Runtime;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFront;

/// <summary>Thread-safe. Create one per process. Without credentials it uses the SDK's default chain.</summary>
public sealed class AmazonCloudFrontClient : WireClient, IAmazonCloudFront
{
    public AmazonCloudFrontClient() : this(new AmazonCloudFrontConfig()) { }

    public AmazonCloudFrontClient(RegionEndpoint region) : this(new AmazonCloudFrontConfig { RegionEndpoint = region }) { }

    public AmazonCloudFrontClient(AmazonCloudFrontConfig config) : base(null, config) { }

    public AmazonCloudFrontClient(AWSCredentials credentials) : this(credentials, new AmazonCloudFrontConfig()) { }

    public AmazonCloudFrontClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonCloudFrontConfig { RegionEndpoint = region }) { }

    public AmazonCloudFrontClient(AWSCredentials credentials, AmazonCloudFrontConfig clientConfig) : base(credentials, clientConfig) { }

    public Task<CreateInvalidationResponse> CreateInvalidationAsync(CreateInvalidationRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, CreateInvalidationResponse.Read, cancellationToken);
}
