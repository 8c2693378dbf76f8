using System.Xml.Linq;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFormation.Model;

/// <summary>An output value of a stack.</summary>
public sealed class Output
{
    public string? OutputKey { get; set; }

    public string? OutputValue { get; set; }

    public string? Description { get; set; }

    public string? ExportName { get; set; }

    internal static Output Read(XElement output) => new()
    {
        OutputKey = output.Text("OutputKey"),
        OutputValue = output.Text("OutputValue"),
        Description = output.Text("Description"),
        ExportName = output.Text("ExportName"),
    };
}
