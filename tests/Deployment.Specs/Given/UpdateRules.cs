using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>What a later deployment could not change, or would replace unasked.</summary>
public static partial class UpdateRules
{
    private static readonly string[] GoWithAnInstance =
    [
        "AWS::EC2::Instance", "AWS::EC2::LaunchTemplate", "AWS::EC2::NetworkInterface", "AWS::EC2::VolumeAttachment",
    ];

    /// <summary>
    /// CloudFormation changes no export that another stack imports, so an instance whose attribute is exported cannot
    /// be replaced.
    /// </summary>
    public static IEnumerable<string> ExportsOfInstances(Cloud cloud) =>
        from template in cloud.Templates
        from output in template.Value["Outputs"] as JsonObject ?? []
        where output.Value!["Export"] is not null
        let source = cloud.Target(template.Key, output.Value!["Value"])
        where source is not null && GoWithAnInstance.Contains(source.Type)
        select $"{source.Type} {source.Path}";

    /// <summary>
    /// Properties that CloudFormation looks up at every deployment, and that replace their resource when they change.
    /// </summary>
    public static async Task<IReadOnlyList<string>> UnversionedAsync(Cloud cloud)
    {
        var replacements = await Replacements.ReadAsync(["AWS::EC2::Instance", "AWS::EC2::LaunchTemplate"]);
        return
        [
            .. from resource in cloud.Resources
               from property in resource.Properties
               where property.Value is not null
                   && UnversionedParameter().IsMatch(property.Value.ToJsonString())
                   && replacements.Replaces(resource.Type, property.Key)
               select $"{resource.Path} {property.Key}",
        ];
    }

    [GeneratedRegex(@"\{\{resolve:ssm:[^:}]+\}\}")]
    private static partial Regex UnversionedParameter();
}
