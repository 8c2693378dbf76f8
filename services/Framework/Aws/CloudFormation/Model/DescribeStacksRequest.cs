using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFormation.Model;

public sealed class DescribeStacksRequest : AmazonCloudFormationRequest
{
    /// <summary>A stack's name or id, or null for all stacks.</summary>
    public string? StackName { get; set; }

    public string? NextToken { get; set; }

    internal override void WriteTo(DefaultRequest http, WireService service)
    {
        var form = new QueryParameters(http, service, "DescribeStacks");
        form.Put("StackName", StackName);
        form.Put("NextToken", NextToken);
    }
}
