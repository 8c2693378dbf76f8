using System.Xml.Linq;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFormation.Model;

public sealed class Stack
{
    public string? StackName { get; set; }

    public string? StackId { get; set; }

    public StackStatus? StackStatus { get; set; }

    /// <summary>Null if there are none, for example during the first creation.</summary>
    public List<Output>? Outputs { get; set; }

    internal static Stack Read(XElement stack) => new()
    {
        StackName = stack.Text("StackName"),
        StackId = stack.Text("StackId"),
        StackStatus = stack.Text("StackStatus") is { } status ? CloudFormation.StackStatus.FindValue(status) : null,
        Outputs = stack.Child("Outputs").Members(Output.Read),
    };
}
