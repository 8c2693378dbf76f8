using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>A right that a role or a managed policy allows or denies.</summary>
/// <param name="Program">The program that has it: <c>QueryApi</c>, <c>Operator</c>.</param>
/// <param name="Resource">In the notation of <see cref="Cloud"/>:
/// <c>${Tables/orders-v1.Arn}/index/by-customer</c>.</param>
/// <param name="IsConditional">Whether it has a condition that no rule here evaluates.</param>
public sealed record Grant(
    string Program,
    string Action,
    string Resource,
    bool IsAllowed,
    bool IsConditional);

/// <summary>The rights that the templates' policies grant.</summary>
public sealed class GrantedRights
{
    private readonly Cloud _cloud;

    public GrantedRights(Cloud cloud)
    {
        _cloud = cloud;
        Grants =
        [
            .. from type in new[] { "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" }
               from policy in cloud.Of(type)
               from statement in References.Listed(policy["PolicyDocument"]!["Statement"])
               from resource in References.Listed(statement["Resource"])
               from action in References.Texts(statement["Action"])
               select new Grant(
                   ProgramOf(policy.Path),
                   action,
                   cloud.Tell(policy.Stack, resource),
                   statement["Effect"]?.ToString() == "Allow",
                   statement["Condition"] is { } condition && !IsOwnSender(cloud, ProgramOf(policy.Path), condition)),
        ];
    }

    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>Returns the program of a policy's or role's path.</summary>
    public static string ProgramOf(string path) =>
        new[] { "/Role/DefaultPolicy", "/Policy", "/Role" }.FirstOrDefault(end => path.EndsWith(end, StringComparison.Ordinal)) is { } ending
            ? path[..^ending.Length]
            : path;

    /// <summary>
    /// Returns why AWS would refuse a call; null if it would not. IAM User Guide, "Policy evaluation logic", for a
    /// caller of
    /// the same account: a right in the role's policies suffices, no policy may deny it, and a key must leave the
    /// decision to IAM (KMS Developer Guide, "Default key policy").
    /// </summary>
    public string? WhyNot(Need need)
    {
        var about = Grants.Where(grant => grant.Program == need.Program && grant.Action == need.Action && (grant.Resource == need.Resource || grant.Resource == "*")).ToList();
        if (about.Exists(grant => !grant.IsAllowed)) return "its policy denies it";
        if (!about.Exists(grant => !grant.IsConditional)) return about.Count > 0 ? "its policy allows it under a condition only" : "its policies do not allow it";
        if (need.Action.StartsWith("kms:", StringComparison.Ordinal) && !LeavesItToIam(need)) return "the key's policy does not leave it to IAM";
        return Denied(need) ? "the resource's policy denies it" : null;
    }

    /// <summary>
    /// Whether the condition allows only the program's own sender (SES Developer Guide, "Controlling access to Amazon
    /// SES").
    /// </summary>
    private static bool IsOwnSender(Cloud cloud, string program, JsonNode condition) => condition is JsonObject { Count: 1 }
        && condition["StringEquals"] is JsonObject { Count: 1 } test
        && test["ses:FromAddress"]?.ToString() == CalledResource.Setting(cloud, program, "MAIL_FROM");

    private bool LeavesItToIam(Need need) => _cloud.Of("AWS::KMS::Key").SingleOrDefault(key => need.Resource == $"${{{key.Path}.Arn}}") is { } key
        && References.Listed(key["KeyPolicy"]!["Statement"]).Any(statement =>
            statement["Effect"]?.ToString() == "Allow"
            && statement["Condition"] is null
            && _cloud.Tell(key.Stack, statement["Principal"]?["AWS"]) == "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"
            && References.Texts(statement["Action"]).Any(action => action == "kms:*" || action == need.Action));

    /// <summary>Whether a policy denies the call. It ignores denials of plain HTTP, because the SDK uses TLS.</summary>
    private bool Denied(Need need) => (
        from type in new[] { ("AWS::SQS::QueuePolicy", "Queues"), ("AWS::SNS::TopicPolicy", "Topics"), ("AWS::S3::BucketPolicy", "Bucket") }
        from policy in _cloud.Of(type.Item1)
        where References.Listed(policy[type.Item2]).Any(target => need.Resource.Contains($"${{{_cloud.Target(policy.Stack, target)?.Path}", StringComparison.Ordinal))
        from statement in References.Listed(policy["PolicyDocument"]!["Statement"])
        where statement["Effect"]?.ToString() == "Deny" && !RefusesPlainHttp(statement)
        from action in References.Texts(statement["Action"])
        where action == need.Action || action.Contains('*', StringComparison.Ordinal)
        select action).Any();

    private static bool RefusesPlainHttp(JsonNode statement) => statement["Condition"] is JsonObject { Count: 1 } condition
        && condition["Bool"] is JsonObject { Count: 1 } test
        && test["aws:SecureTransport"]?.ToString() == "false";
}
