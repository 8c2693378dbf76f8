using Amazon.CDK;
using Amazon.CDK.AWS.Logs;

namespace ServerlessCqrs.Cdk;

internal static class Removal
{
    /// <summary>In production, data outlives its stack.</summary>
    public static RemovalPolicy DataRemoval(this DeploymentOptions options) => options.IsProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    /// <summary>
    /// Three months allow the analysis of problems that customers report late. A week is enough for development.
    /// </summary>
    public static RetentionDays LogRetention(this DeploymentOptions options) => options.IsProduction ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_WEEK;
}
