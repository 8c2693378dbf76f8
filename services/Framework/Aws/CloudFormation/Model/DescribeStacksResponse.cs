using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFormation.Model;

public sealed class DescribeStacksResponse : AmazonWebServiceResponse
{
    public List<Stack>? Stacks { get; set; }

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; set; }

    internal static DescribeStacksResponse Read(XElement root, IWebResponseData http)
    {
        var result = root.Child("DescribeStacksResult");
        return new() { Stacks = result.Child("Stacks").Members(Stack.Read), NextToken = result.Text("NextToken") };
    }
}
