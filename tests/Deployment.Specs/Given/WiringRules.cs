using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// What AWS itself does from one resource to another: it invokes functions, delivers messages, raises alarms and reads
/// buckets. Each rule names the resources that it may not use, and why.
/// </summary>
public static class WiringRules
{
    private const string Sns = "sns.amazonaws.com";
    private const string CloudWatch = "cloudwatch.amazonaws.com";
    private const string CloudFront = "cloudfront.amazonaws.com";

    /// <summary>
    /// Functions that their caller may not invoke (Lambda Developer Guide, "Viewing resource-based IAM policies in
    /// Lambda"): a route of the gateway, a rule of EventBridge, and a user pool each need a permission of their own.
    /// </summary>
    public static IEnumerable<string> Uninvokable(Cloud cloud)
    {
        var permissions = cloud.Of("AWS::Lambda::Permission").Select(one => (
            Function: cloud.Target(one, "FunctionName"),
            Principal: one["Principal"]?.ToString(),
            Source: cloud.Tell(one, "SourceArn"))).ToList();
        return
            from call in Routes(cloud).Concat(Ticks(cloud)).Concat(Triggers(cloud))
            where !permissions.Contains((call.Function, call.Principal, call.Source))
            select $"{call.From} may not invoke {call.Function?.Path ?? "a function that is missing"}";
    }

    /// <summary>
    /// Queues that their topic may not send to. SNS needs the queue's policy, and the right to its key; AWS's own key
    /// for SQS gives it none (SNS Developer Guide, "Configuring Amazon SNS encryption with an encrypted Amazon SQS
    /// queue subscription").
    /// </summary>
    public static IEnumerable<string> Undeliverable(Cloud cloud) =>
        from subscription in cloud.Of("AWS::SNS::Subscription")
        where subscription["Protocol"]?.ToString() == "sqs"
        let queue = cloud.Target(subscription, "Endpoint")
        let topic = cloud.Tell(subscription, "TopicArn")
        let fault = queue is null ? "its queue is missing"
            : !Allows(cloud, "AWS::SQS::QueuePolicy", "Queues", queue, Sns, "sqs:SendMessage", topic)
                ? "the queue's policy does not allow it"
            : !MayUseKey(cloud, queue, Sns) ? "SNS may not use the queue's key"
            : null
        where fault is not null
        select $"{subscription.Path}: {fault}";

    /// <summary>
    /// Alarms that reach nobody: their topic has no subscription, does not allow CloudWatch, or has a key that
    /// CloudWatch may not use, as AWS's own key for SNS (SNS Developer Guide, "Enable compatibility between event
    /// sources from AWS services and encrypted topics").
    /// </summary>
    public static IEnumerable<string> Unheard(Cloud cloud) =>
        from alarm in cloud.Of("AWS::CloudWatch::Alarm")
        let topic = References.Listed(alarm["AlarmActions"]).Select(action => cloud.Target(alarm.Stack, action))
            .FirstOrDefault(one => one?.Type == "AWS::SNS::Topic")
        let fault = topic is null ? "it tells no topic"
            : !cloud.Of("AWS::SNS::Subscription").Any(one => cloud.Target(one, "TopicArn") == topic)
                ? $"{topic.Path} has no subscription"
            : !Allows(cloud, "AWS::SNS::TopicPolicy", "Topics", topic, CloudWatch, "sns:Publish", source: null)
                ? $"the policy of {topic.Path} does not allow CloudWatch"
            : !MayUseKey(cloud, topic, CloudWatch) ? $"CloudWatch may not use the key of {topic.Path}"
            : null
        where fault is not null
        select $"{alarm.Path}: {fault}";

    /// <summary>
    /// Buckets that CloudFront may not read. Such an origin needs an origin access control, and the bucket's policy
    /// must allow this distribution (CloudFront Developer Guide, "Restrict access to an Amazon S3 origin").
    /// </summary>
    public static IEnumerable<string> UnreadableOrigins(Cloud cloud) =>
        from distribution in cloud.Of("AWS::CloudFront::Distribution")
        from origin in References.Listed(distribution["DistributionConfig"]!["Origins"])
        let bucket = cloud.Target(distribution.Stack, origin["DomainName"])
        where bucket?.Type == "AWS::S3::Bucket"
        let control = cloud.Target(distribution.Stack, origin["OriginAccessControlId"])
        let fault = control?.Type != "AWS::CloudFront::OriginAccessControl" ? "it has no origin access control"
            : !Allows(cloud, "AWS::S3::BucketPolicy", "Bucket", bucket, CloudFront, "s3:GetObject",
                DistributionArn(distribution)) ? "the bucket's policy does not allow it"
            : null
        where fault is not null
        select $"{distribution.Path} cannot read {bucket.Path}: {fault}";

    /// <summary>
    /// Buckets that cannot take CloudFront's logs: it writes with an ACL, and reads no key of KMS (CloudFront Developer
    /// Guide, "Configure standard logging (legacy)").
    /// </summary>
    public static IEnumerable<string> UnwritableLogs(Cloud cloud) =>
        from distribution in cloud.Of("AWS::CloudFront::Distribution")
        let named = distribution["DistributionConfig"]!["Logging"]?["Bucket"]
        where named is not null
        let bucket = cloud.Target(distribution.Stack, named)
        where bucket is null || !TakesAcls(bucket) || HasKey(bucket)
        select $"{distribution.Path} cannot write its log to {bucket?.Path ?? "a bucket that is missing"}";

    /// <summary>
    /// Functions that send mails from an address that SES does not know (SES Developer Guide, "Verified identities").
    /// </summary>
    public static IEnumerable<string> UnknownSenders(Cloud cloud)
    {
        var identities = cloud.Of("AWS::SES::EmailIdentity").Select(one => one["EmailIdentity"]!.ToString()).ToList();
        return
            from function in cloud.Of("AWS::Lambda::Function")
            let sender = function["Environment"]?["Variables"]?["MAIL_FROM"]?.ToString()
            where sender is not null && !identities.Exists(one => sender == one
                || sender.EndsWith($"@{one}", StringComparison.Ordinal))
            select $"{function.Path} sends from {sender}, which is no identity of SES";
    }

    private static IEnumerable<Invocation> Routes(Cloud cloud) =>
        from route in cloud.Of("AWS::ApiGatewayV2::Route")
        from integration in cloud.Of("AWS::ApiGatewayV2::Integration")
        where cloud.Tell(route, "Target") == $"integrations/${{{integration.Path}}}"
        select new Invocation(
            route["RouteKey"]!.ToString(),
            Integrations.FunctionOf(cloud, integration),
            "apigateway.amazonaws.com",
            $"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:{cloud.Tell(route, "ApiId")}/{SourceOf(cloud, route)}");

    /// <summary>An HTTP API names stage, method and path; a WebSocket API names stage and route.</summary>
    private static string SourceOf(Cloud cloud, Resource route)
    {
        var key = route["RouteKey"]!.ToString();
        return Integrations.IsOfSockets(cloud, route)
            ? $"{cloud.Of("AWS::ApiGatewayV2::Stage").Single(stage => cloud.Tell(stage, "ApiId") == cloud.Tell(route, "ApiId"))["StageName"]}/{key}"
            : $"*/*{key.Split(' ')[^1]}";
    }

    private static IEnumerable<Invocation> Ticks(Cloud cloud) =>
        from rule in cloud.Of("AWS::Events::Rule")
        from target in References.Listed(rule["Targets"])
        select new Invocation(rule.Path, cloud.Target(rule.Stack, target["Arn"]), "events.amazonaws.com",
            $"${{{rule.Path}.Arn}}");

    private static IEnumerable<Invocation> Triggers(Cloud cloud) =>
        from pool in cloud.Of("AWS::Cognito::UserPool")
        from trigger in pool["LambdaConfig"] as JsonObject ?? []
        select new Invocation(
            pool.Path,
            cloud.Target(pool.Stack, trigger.Value?["LambdaArn"] ?? trigger.Value),
            "cognito-idp.amazonaws.com",
            $"${{{pool.Path}.Arn}}");

    /// <param name="source">The resource on whose behalf the service acts; null where the account decides.</param>
    private static bool Allows(Cloud cloud, string policies, string targets, Resource resource, string service,
        string action, string? source)
    {
        var statements = cloud.Of(policies)
            .Where(policy => References.Listed(policy[targets])
                .Any(target => cloud.Target(policy.Stack, target) == resource))
            .SelectMany(policy => References.Listed(policy["PolicyDocument"]!["Statement"])
                .Select(statement => (policy.Stack, Statement: statement)))
            .Where(one => IsAbout(one.Statement, action))
            .ToList();
        return !statements.Exists(one => one.Statement["Effect"]!.ToString() == "Deny"
                && one.Statement["Condition"]?["Bool"]?["aws:SecureTransport"]?.ToString() != "false")
            && statements.Exists(one => one.Statement["Effect"]!.ToString() == "Allow"
                && References.Texts(one.Statement["Principal"]?["Service"]).Contains(service)
                && Holds(cloud, one.Stack, one.Statement["Condition"], source));
    }

    private static bool IsAbout(JsonNode statement, string action) => References.Texts(statement["Action"])
        .Any(one => one == action
            || (one.EndsWith('*') && action.StartsWith(one[..^1], StringComparison.Ordinal)));

    /// <summary>It is bound to nothing but the source, or the account.</summary>
    private static bool Holds(Cloud cloud, string stack, JsonNode? condition, string? source) =>
        condition is null || (condition is JsonObject tests && tests.All(test => test.Value is JsonObject keys
            && keys.All(key => key.Key.ToUpperInvariant() switch
            {
                "AWS:SOURCEARN" => source is not null && cloud.Tell(stack, key.Value) == source,
                "AWS:SOURCEACCOUNT" => cloud.Tell(stack, key.Value) == "${AWS::AccountId}",
                _ => false,
            })));

    private static bool MayUseKey(Cloud cloud, Resource store, string service)
    {
        if (store["KmsMasterKeyId"] is not { } id) return true;
        return cloud.Target(store.Stack, id) is { Type: "AWS::KMS::Key" } key
            && new[] { "kms:Decrypt", "kms:GenerateDataKey" }.All(action =>
                References.Listed(key["KeyPolicy"]!["Statement"]).Any(statement =>
                    statement["Effect"]!.ToString() == "Allow"
                    && References.Texts(statement["Principal"]?["Service"]).Contains(service)
                    && IsAbout(statement, action)
                    && Holds(cloud, key.Stack, statement["Condition"], source: null)));
    }

    private static string DistributionArn(Resource distribution) =>
        $"arn:${{AWS::Partition}}:cloudfront::${{AWS::AccountId}}:distribution/${{{distribution.Path}}}";

    private static bool TakesAcls(Resource bucket) => References.Listed(bucket["OwnershipControls"]?["Rules"])
        .Any(rule => rule["ObjectOwnership"]?.ToString() is "ObjectWriter" or "BucketOwnerPreferred");

    private static bool HasKey(Resource bucket) =>
        bucket["BucketEncryption"]?.ToJsonString().Contains("aws:kms", StringComparison.Ordinal) == true;

    private sealed record Invocation(
        string From,
        Resource? Function,
        string Principal,
        string Source);
}
