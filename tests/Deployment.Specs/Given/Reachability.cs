using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// Checks that every program and every instance reaches what it calls: by name, route, router, security groups and
/// endpoints.
/// </summary>
public static partial class Reachability
{
    private const int Https = 443;

    /// <summary>AWS calls these services for the function; the function itself does not.</summary>
    private static readonly string[] CalledByAws = ["ec2", "logs"];

    /// <summary>Returns who cannot reach what, and why.</summary>
    public static IEnumerable<string> Unreachable(Cloud cloud)
    {
        var map = new NetworkMap(cloud);
        return
            from caller in Callers(cloud, map)
            from needed in NeededBy(cloud, caller).Distinct()
            let obstacle = Obstacle(cloud, map, caller, needed)
            where obstacle is not null
            select $"{caller.Resource.Path} cannot reach {needed}: {obstacle}";
    }

    private static IEnumerable<Caller> Callers(Cloud cloud, NetworkMap map) =>
    [
        .. cloud.Of("AWS::EC2::Instance").Select(instance =>
            new Caller(instance, map.SubnetOf(instance), map.GroupsOf(instance))),
        .. cloud.Of("AWS::Lambda::Function").Select(function => new Caller(
            function,
            cloud.Targets(function.Stack, function["VpcConfig"]?["SubnetIds"]).FirstOrDefault(),
            [.. cloud.Targets(function.Stack, function["VpcConfig"]?["SecurityGroupIds"])])),
    ];

    /// <summary>Returns the called hosts: <c>aws:SERVICE</c>, or <c>HOST:PORT</c>.</summary>
    private static IEnumerable<string> NeededBy(Cloud cloud, Caller caller) =>
        caller.Resource.Type == "AWS::EC2::Instance"
        ? [.. Services(cloud, RoleOf(cloud, caller.Resource)), .. InScript(Scripts.Of(cloud, caller.Resource))]
        : [.. Services(cloud, cloud.Target(caller.Resource, "Role")), .. InSettings(cloud, caller.Resource)];

    private static IEnumerable<string> Services(Cloud cloud, Resource? role) =>
    [
        .. from policy in cloud.Of("AWS::IAM::Policy")
           where role is not null && cloud.Targets(policy.Stack, policy["Roles"])
               .Any(one => one.Id == role.Id && one.Stack == role.Stack)
           from statement in References.Listed(policy["PolicyDocument"]!["Statement"])
           from action in References.Texts(statement["Action"])
           let service = action[..action.IndexOf(':', StringComparison.Ordinal)]
           where !CalledByAws.Contains(service)
           select $"aws:{service}",
        // Session Manager's agent needs these (Systems Manager User Guide, "Reference: ec2messages, ssmmessages, and
        // other API operations").
        .. References.Listed(role?["ManagedPolicyArns"])
            .Any(policy => cloud.Tell(role!.Stack, policy).EndsWith("AmazonSSMManagedInstanceCore",
            StringComparison.Ordinal)) ? new[] { "aws:ssm", "aws:ssmmessages" } : [],
    ];

    private static IEnumerable<string> InScript(string script)
    {
        // Amazon Linux 2023 has its packages in S3 (AL2023 User Guide, "Deterministic upgrades"), and CloudFormation
        // receives signals there.
        if (script.Contains("dnf install", StringComparison.Ordinal)
            || script.Contains("yum install", StringComparison.Ordinal)) yield return "aws:s3";
        if (script.Contains("/Signal", StringComparison.Ordinal)) yield return "aws:s3";
        foreach (var address in Scripts.Addresses(script)) yield return address
            .Contains(".s3.", StringComparison.Ordinal) ? "aws:s3" : $"{new Uri(address).Host}:{Https}";
    }

    private static IEnumerable<string> InSettings(Cloud cloud, Resource function)
    {
        foreach (var (_, value) in function["Environment"]?["Variables"] as JsonObject ?? [])
        {
            var told = cloud.Tell(function.Stack, value);
            if (ClickHouse().Match(told) is { Success: true } found) yield return $"{found.Groups["host"].Value}:{found.Groups["port"].Value}";
            if (told.StartsWith("https://cognito-idp.", StringComparison.Ordinal)) yield return "aws:cognito-idp";
        }
    }

    private static string? Obstacle(Cloud cloud, NetworkMap map, Caller caller, string needed)
    {
        if (needed.StartsWith("aws:", StringComparison.Ordinal)) return map.ObstacleOutside(caller, needed[4..], Https);
        var (host, port) = (needed[..needed.LastIndexOf(':')],
            int.Parse(needed[(needed.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        if (AddressOf().Match(host) is { Success: true } address)
            return map.ObstacleInside(caller, cloud.At("AWS::EC2::Instance", address.Groups[1].Value), port);
        if (!host.EndsWith(".internal", StringComparison.Ordinal)) return map.ObstacleOutside(caller, service: null,
            port);
        var (instance, obstacle) = map.Named(caller, host);
        return obstacle ?? map.ObstacleInside(caller, instance!, port);
    }

    private static Resource? RoleOf(Cloud cloud, Resource instance) =>
        cloud.Target(instance, "IamInstanceProfile") is { } profile ? cloud.Targets(profile.Stack, profile["Roles"])
            .FirstOrDefault() : null;

    [GeneratedRegex(@"^Host=(?<host>[^;]+);Port=(?<port>\d+);")]
    private static partial Regex ClickHouse();

    /// <summary>
    /// An address that CloudFormation inserts, in the notation of <see cref="Cloud.Tell(string, JsonNode)"/>.
    /// </summary>
    [GeneratedRegex(@"^\$\{(.+)\.PrivateIp\}$")]
    private static partial Regex AddressOf();
}
