using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// What Lambda, API Gateway, CloudFront, Cognito and DynamoDB ask of the resources that run on them. Each rule names
/// the resources that would fail, and why.
/// </summary>
public static class RunRules
{
    /// <summary>API Gateway Developer Guide, "Quotas for configuring and running an HTTP API".</summary>
    private const int LongestIntegration = 30_000;

    /// <summary>CloudFront Developer Guide, "Origin settings", "Response timeout".</summary>
    private const int DefaultOriginTimeout = 30;

    /// <summary>Cognito Developer Guide, "Customizing user pool workflows with Lambda triggers".</summary>
    private const int LongestTrigger = 5;

    /// <summary>
    /// Of the table "Supported runtimes" (Lambda Developer Guide, "Lambda runtimes"), those that Lambda still creates
    /// functions with for at least half a year from December 2026.
    /// </summary>
    private static readonly string[] CreatableRuntimes = ["dotnet10", "nodejs22.x", "nodejs24.x"];

    public static IEnumerable<string> RuntimesThatEnd(Cloud cloud) =>
        from function in cloud.Of("AWS::Lambda::Function")
        let runtime = function["Runtime"]?.ToString()
        where !CreatableRuntimes.Contains(runtime)
        select $"{function.Path} runs on {runtime}";

    /// <summary>
    /// Who waits must wait longer: the gateway longer than the function, CloudFront as long as the gateway. Otherwise a
    /// client gets an error while the function still works.
    /// </summary>
    public static IEnumerable<string> ImpatientCallers(Cloud cloud)
    {
        foreach (var integration in cloud.Of("AWS::ApiGatewayV2::Integration"))
        {
            var patience = (int?)integration["TimeoutInMillis"] ?? LongestIntegration;
            if (Integrations.FunctionOf(cloud, integration) is { } function
                && (int)function["Timeout"]! * 1000 >= patience)
                yield return $"{integration.Path} gives up before {function.Path} ends";
            foreach (var origin in cloud.Of("AWS::CloudFront::Distribution")
                .SelectMany(one => References.Listed(one["DistributionConfig"]!["Origins"])
                    .Select(origin => (one.Stack, Origin: origin))))
                if (cloud.Tell(origin.Stack, origin.Origin["DomainName"]).Contains("execute-api",
                    StringComparison.Ordinal)
                    && ((int?)origin.Origin["CustomOriginConfig"]?["OriginReadTimeout"] ?? DefaultOriginTimeout) * 1000
                        < patience)
                    yield return $"CloudFront gives up before {integration.Path}";
        }
    }

    /// <summary>
    /// Triggers that Cognito does not run: it waits for five seconds, and changes access tokens in the tiers Essentials
    /// and Plus alone (Cognito Developer Guide, "Pre token generation Lambda trigger").
    /// </summary>
    public static IEnumerable<string> TriggersThatDoNotRun(Cloud cloud) =>
        from pool in cloud.Of("AWS::Cognito::UserPool")
        from trigger in pool["LambdaConfig"] as JsonObject ?? []
        let function = cloud.Target(pool.Stack, trigger.Value?["LambdaArn"] ?? trigger.Value)
        let fault = function is null || (int)function["Timeout"]! > LongestTrigger
                ? $"{trigger.Key} may take longer than Cognito waits"
            : trigger.Value?["LambdaVersion"]?.ToString() is "V2_0" or "V3_0"
                && pool["UserPoolTier"]?.ToString() is not ("ESSENTIALS" or "PLUS")
                ? $"{trigger.Key} needs the tier Essentials"
            : null
        where fault is not null
        select $"{pool.Path}: {fault}";

    /// <summary>
    /// Functions whose log never ends: Lambda makes a log group without retention where none is named (Lambda Developer
    /// Guide, "Configuring CloudWatch log groups").
    /// </summary>
    public static IEnumerable<string> LogsWithoutEnd(Cloud cloud) =>
        from function in cloud.Of("AWS::Lambda::Function")
        let logs = cloud.Target(function.Stack, function["LoggingConfig"]?["LogGroup"])
        where logs?["RetentionInDays"] is null
        select function.Path;

    /// <summary>
    /// Dead letters that end before their queue's messages would. A letter's age counts from when the message was sent
    /// (SQS Developer Guide, "Using dead-letter queues in Amazon SQS").
    /// </summary>
    public static IEnumerable<string> DeadLettersThatEndEarly(Cloud cloud) =>
        from queue in cloud.Of("AWS::SQS::Queue")
        let letters = cloud.Target(queue.Stack, queue["RedrivePolicy"]?["deadLetterTargetArn"])
        where letters is not null
        where ((int?)letters["MessageRetentionPeriod"] ?? 345_600) < ((int?)queue["MessageRetentionPeriod"] ?? 345_600)
        select letters.Path;

    /// <summary>
    /// Tables with indexes that CloudFormation may create at the same time. DynamoDB bounds how many it creates at
    /// once, so each must depend on another (CloudFormation Template Reference, AWS::DynamoDB::Table).
    /// </summary>
    public static IEnumerable<string> TablesCreatedAtOnce(Cloud cloud)
    {
        var indexed = cloud.Of("AWS::DynamoDB::Table").Where(one => one["GlobalSecondaryIndexes"] is not null).ToList();
        return
            from one in indexed
            from other in indexed
            where string.CompareOrdinal(one.Path, other.Path) < 0 && one.Stack == other.Stack
                && !cloud.AllNeeds(one).Contains(other.Id) && !cloud.AllNeeds(other).Contains(one.Id)
            select $"{one.Path} and {other.Path}";
    }
}
