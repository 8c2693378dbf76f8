using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Resolves the references in a template's values.</summary>
public static class References
{
    /// <summary>
    /// Returns the resource that a value refers to, including through other stacks' exports; null if there is none.
    /// </summary>
    public static Resource? Target(this Cloud cloud, string stack, JsonNode? value) => value switch
    {
        JsonObject { Count: 1 } function when function.First() is { Key: "Ref", Value: { } id } =>
            cloud.Find(stack, (string)id!),
        JsonObject { Count: 1 } function when function.First() is { Key: "Fn::GetAtt", Value: JsonArray to } =>
            cloud.Find(stack, (string)to[0]!),
        JsonObject { Count: 1 } function when function.First() is { Key: "Fn::ImportValue", Value: { } name } =>
            Exporter(cloud, (string)name!) is var (from, exported) ? Target(cloud, from, exported) : null,
        _ => null,
    };

    public static Resource? Target(this Cloud cloud, Resource resource, string property) =>
        cloud.Target(resource.Stack, resource[property]);

    public static IEnumerable<Resource> Targets(this Cloud cloud, string stack, JsonNode? list) =>
        (list as JsonArray ?? []).Select(item => cloud.Target(stack, item)).OfType<Resource>();

    /// <summary>Returns the ids in the same template that a resource refers to or depends on.</summary>
    public static IEnumerable<string> Needs(JsonNode? node) => node switch
    {
        JsonObject function when function.Count == 1
            && function.First() is { Key: "Ref", Value: { } id } => [(string)id!],
        JsonObject function when function.Count == 1
            && function.First() is { Key: "Fn::GetAtt", Value: JsonArray to } => [(string)to[0]!],
        JsonObject map => map.SelectMany(pair => pair.Key == "DependsOn" ? Texts(pair.Value) : pair.Key == "Metadata"
            ? [] : Needs(pair.Value)),
        JsonArray list => list.SelectMany(Needs),
        _ => [],
    };

    /// <summary>Returns everything in its stack that must exist before this resource.</summary>
    public static HashSet<string> AllNeeds(this Cloud cloud, Resource resource)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Needs(resource.Node));
        while (open.TryPop(out var id))
            if (cloud.Find(resource.Stack, id) is { } found && all.Add(id))
                foreach (var next in Needs(found.Node)) open.Push(next);
        return all;
    }

    public static IEnumerable<string> Imports(JsonNode? node) => node switch
    {
        JsonObject function when function.Count == 1
            && function.First() is { Key: "Fn::ImportValue", Value: { } name } => [(string)name!],
        JsonObject map => map.SelectMany(pair => Imports(pair.Value)),
        JsonArray list => list.SelectMany(Imports),
        _ => [],
    };

    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list.OfType<JsonNode>().Select(item => item.ToString()),
        _ => [node.ToString()],
    };

    public static IEnumerable<JsonNode> Listed(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list.OfType<JsonNode>(),
        _ => [node],
    };

    private static (string Stack, JsonNode? Value)? Exporter(Cloud cloud, string export)
    {
        foreach (var (stack, template) in cloud.Templates)
            foreach (var (_, output) in template["Outputs"] as JsonObject ?? [])
                if (output!["Export"]?["Name"]?.ToString() == export) return (stack, output["Value"]);
        return null;
    }
}
