using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFormation;

/// <summary>Thread-safe. Create one per process. Without credentials it uses the SDK's default chain.</summary>
public sealed class AmazonCloudFormationClient : WireClient, IAmazonCloudFormation
{
    public AmazonCloudFormationClient() : this(new AmazonCloudFormationConfig()) { }

    public AmazonCloudFormationClient(RegionEndpoint region) : this(new AmazonCloudFormationConfig { RegionEndpoint = region }) { }

    public AmazonCloudFormationClient(AmazonCloudFormationConfig config) : base(null, config) { }

    public AmazonCloudFormationClient(AWSCredentials credentials) : this(credentials, new AmazonCloudFormationConfig()) { }

    public AmazonCloudFormationClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonCloudFormationConfig { RegionEndpoint = region }) { }

    public AmazonCloudFormationClient(AWSCredentials credentials, AmazonCloudFormationConfig clientConfig) : base(credentials, clientConfig) { }

    public Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeStacksResponse.Read, cancellationToken);
}
