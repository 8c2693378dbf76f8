using Amazon.CloudFormation.Model;
using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>
/// CloudFormation: the operation that we use, by the names of the official package.
/// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/
/// </summary>
public interface IAmazonCloudFormation : IAmazonService, IDisposable
{
    /// <summary>One stack, or a page of all. One that does not exist is an <see cref="AmazonCloudFormationException"/> of the code <c>ValidationError</c>.</summary>
    Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCloudFormationConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonCloudFormationClient(awsCredentials, (AmazonCloudFormationConfig)clientConfig);
}
