using Amazon.CDK;

namespace ServerlessCqrs.Cdk;

internal static class Outputs
{
    /// <summary>
    /// Adds an output with exactly this name. <c>cdk deploy</c> prints it, and the Operator reads it.
    /// </summary>
    public static void AddOutput(this Stack stack, string name, string value) =>
        new CfnOutput(stack, $"Output-{name}", new CfnOutputProps { Value = value }).OverrideLogicalId(name);
}
