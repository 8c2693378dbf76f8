using Amazon.CDK;
using Constructs;

namespace ServerlessCqrs.Cdk;

internal static class Exports
{
    /// <summary>
    /// Exports these values whether another stack imports them now or not. CDK drops an export that its last importer
    /// lets go of, and deploys this stack first; CloudFormation then refuses, since the importer as it is deployed
    /// still has it (CDK guide, "Resources", "Removing automatic references"). So a resource goes in two releases:
    /// first nobody uses it, then it is no more.
    /// </summary>
    public static void KeepExported(this Construct owner, params string[] values)
    {
        foreach (var value in values) Stack.Of(owner).ExportValue(value);
    }
}
