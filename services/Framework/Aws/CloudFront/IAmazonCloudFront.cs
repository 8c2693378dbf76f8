using Amazon.CloudFront.Model;
using Amazon.Runtime;

namespace Amazon.CloudFront;

/// <summary>
/// CloudFront: the operation that we use. Names are those of the official package. Source:
/// https://docs.aws.amazon.com/cloudfront/latest/APIReference/
/// </summary>
public interface IAmazonCloudFront : IAmazonService, IDisposable
{
    /// <summary>
    /// Creates an invalidation. A repeated request with the same caller reference and paths returns the first
    /// invalidation.
    /// </summary>
    Task<CreateInvalidationResponse> CreateInvalidationAsync(CreateInvalidationRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCloudFrontConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonCloudFrontClient(awsCredentials, (AmazonCloudFrontConfig)clientConfig);
}
