using Amazon.CDK;
using Constructs;

namespace ServerlessCqrs.Cdk;

internal static class Exports
{
    /// <summary>
    /// Exports these values even if no stack imports them now. CDK removes an export with its last import and deploys
    /// this stack first. CloudFormation then refuses the update, because the deployed importer still uses the export
    /// (CDK guide, "Resources", "Removing automatic references"). A resource is therefore removed in two releases: the
    /// first removes its last use, the second the resource.
    /// </summary>
    public static void KeepExported(this Construct owner, params string[] values)
    {
        foreach (var value in values) Stack.Of(owner).ExportValue(value);
    }
}
