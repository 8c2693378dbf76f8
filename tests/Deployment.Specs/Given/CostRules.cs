using ServerlessCqrs.Deployment.Costs;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Finds costs without a use.</summary>
public static class CostRules
{
    /// <summary>Returns the stages with metrics per route if no alarm and no dashboard uses them.</summary>
    public static IEnumerable<string> UnusedDetailedMetrics(Cloud cloud) =>
        from stage in cloud.Of("AWS::ApiGatewayV2::Stage")
        let routes = cloud.Of("AWS::ApiGatewayV2::Route").Where(route => IsDetailed(stage, route["RouteKey"]!.ToString())).ToList()
        where routes.Count > 0 && !IsUsed(cloud)
        select $"{stage.Path}: {routes.Count * MonthlyCosts.MetricsOfARoute} detailed metrics that nothing uses";

    private static bool IsDetailed(Resource stage, string route) =>
        (stage["RouteSettings"]?[route]?["DetailedMetricsEnabled"] ?? stage["DefaultRouteSettings"]?["DetailedMetricsEnabled"])?.ToString() == "true";

    private static bool IsUsed(Cloud cloud) =>
        cloud.Of("AWS::CloudWatch::Alarm").Any(alarm => alarm["Namespace"]?.ToString() == "AWS/ApiGateway" && cloud.Tell(alarm, "Dimensions").Contains("Name:Resource", StringComparison.Ordinal))
        || cloud.Of("AWS::CloudWatch::Dashboard").Any(dashboard => cloud.Tell(dashboard, "DashboardBody") is var body
            && body.Contains("AWS/ApiGateway", StringComparison.Ordinal) && body.Contains("\"Resource\"", StringComparison.Ordinal));
}
