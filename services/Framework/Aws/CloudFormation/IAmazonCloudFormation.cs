using Amazon.CloudFormation.Model;
using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>
/// CloudFormation: the operation that we use. Names are those of the official package. Source:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/
/// </summary>
public interface IAmazonCloudFormation : IAmazonService, IDisposable
{
    /// <summary>
    /// Returns one stack, or a page of all. Throws an <see cref="AmazonCloudFormationException"/> with the code
    /// <c>ValidationError</c> if the stack does not exist.
    /// </summary>
    Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCloudFormationConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonCloudFormationClient(awsCredentials, (AmazonCloudFormationConfig)clientConfig);
}
