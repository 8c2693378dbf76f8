using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Sizes that AWS refuses to exceed. Each rule names what is too large.</summary>
public static partial class LimitRules
{
    /// <summary>
    /// CloudFormation User Guide, "Understand CloudFormation quotas": template body on S3, resources, outputs.
    /// </summary>
    public static IEnumerable<string> TooLargeTemplates(Cloud cloud) =>
        from template in cloud.Templates
        from size in new[]
        {
            (What: "bytes", Is: template.Value.ToJsonString().Length, Most: 1_048_576),
            (What: "resources", Is: Count(template.Value["Resources"]), Most: 500),
            (What: "outputs", Is: Count(template.Value["Outputs"]), Most: 200),
        }
        where size.Is > size.Most
        select $"{template.Key} has {size.Is} {size.What}, of {size.Most}";

    /// <summary>Lambda Developer Guide, "Lambda quotas": all variables of a function take 4 KB.</summary>
    public static IEnumerable<string> TooManySettings(Cloud cloud) =>
        from function in cloud.Of("AWS::Lambda::Function")
        let bytes = (function["Environment"]?["Variables"] as JsonObject ?? [])
            .Sum(one => one.Key.Length + Deployed(cloud, cloud.Tell(function.Stack, one.Value)).Length)
        where bytes > 4096
        select $"{function.Path}: {bytes} bytes";

    /// <summary>
    /// IAM User Guide, "IAM and AWS STS quotas": 10,240 characters for all inline policies of a role, 6,144 for a
    /// managed policy, without white space.
    /// </summary>
    public static IEnumerable<string> TooLongPolicies(Cloud cloud) =>
        from type in new[] { (Name: "AWS::IAM::Policy", Most: 10_240), (Name: "AWS::IAM::ManagedPolicy", Most: 6_144) }
        from policy in cloud.Of(type.Name)
        let length = Named(cloud, policy.Stack, policy["PolicyDocument"])!.ToJsonString().Length
        where length > type.Most
        select $"{policy.Path}: {length} characters, of {type.Most}";

    /// <summary>A text as it is once CloudFormation has named everything.</summary>
    private static string Deployed(Cloud cloud, string told) => Reference().Replace(told, match =>
        match.Groups["path"].Value is var path && path.StartsWith("AWS::", StringComparison.Ordinal) ? "ap-southeast-1"
        : cloud.Resources.FirstOrDefault(resource => resource.Path == path) is { } resource
            ? match.Groups["attribute"].Length > 0 ? Arn(resource) : NameOf(resource)
        : "another");

    /// <summary>CloudFormation names a resource by stack, logical id and 12 or 13 characters.</summary>
    private static string NameOf(Resource resource) => $"{resource.Stack}-{resource.Id}-1ABCDEFGHIJKL";

    private static string Arn(Resource resource) =>
        $"arn:aws:dynamodb:ap-southeast-1:111122223333:table/{NameOf(resource)}";

    /// <summary>A policy with each reference written out.</summary>
    private static JsonNode? Named(Cloud cloud, string stack, JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } function when function.First().Key is "Ref" or "Fn::GetAtt" or "Fn::Join"
            or "Fn::ImportValue" => Deployed(cloud, cloud.Tell(stack, node)),
        JsonObject map =>
            new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Named(cloud, stack, pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => Named(cloud, stack, item))]),
        _ => node?.DeepClone(),
    };

    private static int Count(JsonNode? map) => (map as JsonObject)?.Count ?? 0;

    [GeneratedRegex(@"\$\{(?<path>[^}]+?)(?<attribute>\.Arn)?\}")]
    private static partial Regex Reference();
}
