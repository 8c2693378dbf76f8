using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// What differs between two releases of a stack, a line each: <c>path</c> for a resource that came or went,
/// <c>path: Property</c> for one that changed, with the variable or the right where those changed.
/// </summary>
public static partial class TemplateChanges
{
    public static IEnumerable<string> Between(Cloud before, Cloud now, string stack)
    {
        var (old, current) = (Resources(before, stack), Resources(now, stack));
        foreach (var key in old.Keys.Union(current.Keys).Order(StringComparer.Ordinal))
        {
            if (!old.TryGetValue(key, out var then) || !current.TryGetValue(key, out var there))
                yield return key.Split(' ')[1];
            else
                foreach (var change in Changes(before, then, now, there).Distinct().Order(StringComparer.Ordinal))
                    yield return $"{there.Path}: {change}";
        }

        foreach (var output in Outputs(before, stack).Keys.Union(Outputs(now, stack).Keys)
            .Where(name => !name.StartsWith("ExportsOutput", StringComparison.Ordinal)))
            if (Outputs(before, stack).GetValueOrDefault(output) != Outputs(now, stack).GetValueOrDefault(output))
                yield return $"Output {output}";
    }

    private static Dictionary<string, Resource> Resources(Cloud cloud, string stack) => cloud.Resources
        .Where(resource => resource.Stack == stack)
        .GroupBy(resource => $"{resource.Type} {Release().Replace(resource.Path, "$1")}")
        .ToDictionary(same => same.Key, same => same.First());

    private static IEnumerable<string> Changes(Cloud before, Resource old, Cloud now, Resource current)
    {
        foreach (var property in old.Properties.Select(one => one.Key).Union(current.Properties.Select(one => one.Key)))
        {
            if (before.Tell(old, property) == now.Tell(current, property) || IsNotKept(current, property)) continue;
            var inner = property switch
            {
                "Environment" => Differences(Settings(before, old), Settings(now, current)),
                "PolicyDocument" => Differences(Rights(before, old), Rights(now, current)),
                _ => [],
            };
            foreach (var one in inner) yield return $"{property} {one}";
            if (inner.Count == 0) yield return property;
        }

        var (waited, waits) = (DependsOn(before, old), DependsOn(now, current));
        if (!waited.SequenceEqual(waits)) yield return "DependsOn";
    }

    /// <summary>The earlier templates were kept without the code of assets and the dashboard's body.</summary>
    private static bool IsNotKept(Resource resource, string property) => (resource.Type, property) switch
    {
        ("AWS::Lambda::Function", "Code") => resource["Code"]?["ZipFile"] is null,
        ("AWS::CloudWatch::Dashboard", "DashboardBody") => true,
        _ => false,
    };

    private static List<string> Differences(HashSet<string> old, HashSet<string> now) =>
        [.. old.Except(now).Union(now.Except(old)).Select(one => one.Split('=')[0])];

    private static HashSet<string> Settings(Cloud cloud, Resource function) =>
        [.. (function["Environment"]?["Variables"] as JsonObject ?? [])
            .Select(one => $"{one.Key}={cloud.Tell(function.Stack, one.Value)}")];

    private static HashSet<string> Rights(Cloud cloud, Resource policy) =>
    [
        .. from statement in References.Listed(policy["PolicyDocument"]!["Statement"])
           from action in References.Texts(statement["Action"])
           from resource in References.Listed(statement["Resource"])
           select $"{action}={cloud.Tell(policy.Stack, resource)}{statement["Condition"]?.ToJsonString()}",
    ];

    private static IEnumerable<string> DependsOn(Cloud cloud, Resource resource) =>
        References.Texts(resource.Node["DependsOn"])
            .Select(id => cloud.Find(resource.Stack, id)?.Path ?? id).Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Outputs(Cloud cloud, string stack) =>
        (cloud.Templates[stack]["Outputs"] as JsonObject ?? [])
            .ToDictionary(output => output.Key, output => cloud.Tell(stack, output.Value!["Value"]));

    [GeneratedRegex("(Ready|Signal)[0-9a-f]{8}$")]
    private static partial Regex Release();
}
