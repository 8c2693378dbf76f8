using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Security rules of AWS's own reviewers over templates. Each names the resources that break it.</summary>
public static class SecurityRules
{
    /// <summary>Actions that AWS checks against no resource, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> UnscopedActions { get; } = new Dictionary<string, string>
    {
        ["xray:PutTraceSegments"] = "X-Ray has no resource (Service Authorization Reference, AWS X-Ray)",
        ["xray:PutTelemetryRecords"] = "X-Ray has no resource (Service Authorization Reference, AWS X-Ray)",
        ["cloudwatch:PutMetricData"] =
            "CloudWatch has no resource. A condition names the namespace (CloudWatch User Guide, \"Using condition keys to limit access to CloudWatch namespaces\")",
        ["ec2:AssignPrivateIpAddresses"] = "Lambda's guide asks for it on `*` to join a network",
        ["ec2:CreateNetworkInterface"] = "Lambda's guide asks for it on `*` to join a network",
        ["ec2:DeleteNetworkInterface"] = "Lambda's guide asks for it on `*` to join a network",
        ["ec2:DescribeNetworkInterfaces"] = "EC2's Describe actions have no resource",
        ["ec2:DescribeSubnets"] = "EC2's Describe actions have no resource",
        ["ec2:UnassignPrivateIpAddresses"] = "Lambda's guide asks for it on `*` to join a network",
    };

    public static IEnumerable<string> MappingsWithoutPartialFailures(Cloud cloud) => cloud.Of("AWS::Lambda::EventSourceMapping")
        .Where(mapping => !Texts(mapping["FunctionResponseTypes"]).SequenceEqual(["ReportBatchItemFailures"]))
        .Select(mapping => mapping.Path);

    public static IEnumerable<string> Wildcards(Cloud cloud) =>
        from policy in cloud.Of("AWS::IAM::Policy").Concat(cloud.Of("AWS::IAM::ManagedPolicy"))
        from statement in Statements(policy["PolicyDocument"])
        from action in Texts(statement["Action"])
        where action.Contains('*', StringComparison.Ordinal)
            || (Listed(statement["Resource"]).Any(resource => cloud.Tell(policy.Stack, resource) == "*") && !UnscopedActions.ContainsKey(action))
        select $"{policy.Path}: {action}";

    public static IEnumerable<string> UnencryptedStores(Cloud cloud) =>
    [
        .. cloud.Of("AWS::SQS::Queue").Where(queue => !IsTrue(queue["SqsManagedSseEnabled"]) && queue["KmsMasterKeyId"] is null).Select(queue => queue.Path),
        .. cloud.Of("AWS::SNS::Topic").Where(topic => topic["KmsMasterKeyId"] is null).Select(topic => topic.Path),
        .. cloud.Of("AWS::Kinesis::Stream").Where(stream => stream["StreamEncryption"]?["EncryptionType"]?.ToString() != "KMS").Select(stream => stream.Path),
        .. cloud.Of("AWS::DynamoDB::Table").Where(table => !IsTrue(table["SSESpecification"]?["SSEEnabled"])).Select(table => table.Path),
        .. cloud.Of("AWS::S3::Bucket").Where(bucket => bucket["BucketEncryption"] is null).Select(bucket => bucket.Path),
        .. cloud.Of("AWS::EC2::Volume").Where(volume => !IsTrue(volume["Encrypted"])).Select(volume => volume.Path),
        .. cloud.Of("AWS::EC2::Instance").Where(instance => !Listed(instance["BlockDeviceMappings"]).Any() || Listed(instance["BlockDeviceMappings"]).Any(disk => !IsTrue(disk["Ebs"]?["Encrypted"]))).Select(instance => instance.Path),
    ];

    /// <summary>CloudFormation writes a resolved secret into the function's configuration, where others may read it.</summary>
    public static IEnumerable<string> SecretsInSettings(Cloud cloud) => cloud.Of("AWS::Lambda::Function")
        .Where(function => cloud.Tell(function, "Environment").Contains("{{resolve:secretsmanager", StringComparison.Ordinal))
        .Select(function => function.Path);

    /// <summary>Lambda's guide: at least six times the function's timeout.</summary>
    public static IEnumerable<string> QueuesThatHideTooShort(Cloud cloud) =>
        from mapping in cloud.Of("AWS::Lambda::EventSourceMapping")
        from queue in cloud.Of("AWS::SQS::Queue")
        where cloud.Tell(mapping, "EventSourceArn") == $"${{{queue.Path}.Arn}}"
        from function in cloud.Of("AWS::Lambda::Function")
        where cloud.Tell(mapping, "FunctionName") == $"${{{function.Path}}}"
        where (int?)queue["VisibilityTimeout"] is not { } hidden || hidden < 6 * (int)function["Timeout"]!
        select queue.Path;

    public static IEnumerable<string> ReachedWithoutTls(Cloud cloud) =>
        from type in new[] { ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"), ("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics"), ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket") }
        from store in cloud.Of(type.Item1)
        let policies = cloud.Of(type.Item2).Where(policy => Listed(policy[type.Item3]).Any(target => cloud.Tell(policy.Stack, target) == $"${{{store.Path}}}"))
        where !policies.Any(policy => Statements(policy["PolicyDocument"]).Any(RefusesPlainHttp))
        select store.Path;

    public static IEnumerable<string> UnfilteredSubscriptions(Cloud cloud) => cloud.Of("AWS::SNS::Subscription")
        .Where(subscription => subscription["Protocol"]?.ToString() == "sqs" && subscription["FilterPolicy"] is not JsonObject { Count: > 0 })
        .Select(subscription => subscription.Path);

    public static IEnumerable<string> QueuesWithoutDeadLetters(Cloud cloud) =>
        from mapping in cloud.Of("AWS::Lambda::EventSourceMapping")
        from queue in cloud.Of("AWS::SQS::Queue")
        where cloud.Tell(mapping, "EventSourceArn") == $"${{{queue.Path}.Arn}}"
        where queue["RedrivePolicy"]?["deadLetterTargetArn"] is null
        select queue.Path;

    public static IEnumerable<string> PublicBuckets(Cloud cloud) => cloud.Of("AWS::S3::Bucket")
        .Where(bucket => new[] { "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets" }.Any(block => !IsTrue(bucket["PublicAccessBlockConfiguration"]?[block])))
        .Select(bucket => bucket.Path);

    /// <summary>A way in from everywhere.</summary>
    public static IEnumerable<string> OpenDoors(Cloud cloud) =>
    [
        .. from ingress in cloud.Of("AWS::EC2::SecurityGroupIngress")
           where ingress["CidrIp"]?.ToString() == "0.0.0.0/0" || ingress["CidrIpv6"]?.ToString() == "::/0"
           select ingress.Path,
        .. from server in cloud.Of("AWS::EC2::SecurityGroup")
           where Listed(server["SecurityGroupIngress"]).Any(rule => rule["CidrIp"]?.ToString() == "0.0.0.0/0")
           select server.Path,
    ];

    private static bool RefusesPlainHttp(JsonNode statement) =>
        statement["Effect"]?.ToString() == "Deny" && statement["Condition"]?["Bool"]?["aws:SecureTransport"]?.ToString() == "false";

    private static bool IsTrue(JsonNode? node) => node?.ToString() == "true";

    private static IEnumerable<JsonNode> Statements(JsonNode? document) => Listed(document?["Statement"]);

    private static IEnumerable<JsonNode> Listed(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list.OfType<JsonNode>(),
        _ => [node],
    };

    private static IEnumerable<string> Texts(JsonNode? node) => Listed(node).Select(item => item.ToString());
}
