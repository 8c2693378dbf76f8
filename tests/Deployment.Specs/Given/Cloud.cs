using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>All templates of one environment. A rule is tested with a damaged copy.</summary>
public sealed class Cloud
{
    private readonly IReadOnlyDictionary<string, JsonObject> _templates;
    private readonly Dictionary<(string Stack, string Id), Resource> _byId;

    public Cloud(IReadOnlyDictionary<string, JsonObject> templates)
    {
        _templates = templates;
        Resources =
        [
            .. from template in templates
               from resource in (JsonObject)template.Value["Resources"]!
               select new Resource(template.Key, resource.Key, (string)resource.Value!["Type"]!, PathOf(template.Key, resource.Key, resource.Value!), (JsonObject)resource.Value!),
        ];
        _byId = Resources.ToDictionary(resource => (resource.Stack, resource.Id));
    }

    public IReadOnlyList<Resource> Resources { get; }

    public IReadOnlyDictionary<string, JsonObject> Templates => _templates;

    public static Cloud Read(string folder) => new(Directory.GetFiles(folder, "*.template.json").Order(StringComparer.Ordinal).ToDictionary(
        file => Path.GetFileName(file)[..^".template.json".Length],
        file => (JsonObject)JsonNode.Parse(File.ReadAllText(file))!));

    public IEnumerable<Resource> Of(string type) => Resources.Where(resource => resource.Type == type);

    public Resource? Find(string stack, string id) => _byId.GetValueOrDefault((stack, id));

    public Resource At(string type, string path) => Of(type).Single(resource => resource.Path == path);

    /// <summary>Returns a copy with the damage.</summary>
    public Cloud Damaged(Action<Cloud> damage)
    {
        var copy = new Cloud(_templates.ToDictionary(template => template.Key, template => (JsonObject)template.Value.DeepClone()));
        damage(copy);
        // The copy is read again, because the damage can have removed a resource.
        return new Cloud(copy._templates);
    }

    public void Remove(Resource resource) => ((JsonObject)_templates[resource.Stack]["Resources"]!).Remove(resource.Id);

    /// <summary>
    /// Returns the text of a value. References are replaced by the paths of their targets, including exports of other
    /// stacks.
    /// </summary>
    public string Tell(string stack, JsonNode? value) => value switch
    {
        null => "",
        JsonObject { Count: 1 } function when function.First() is { Key: "Ref", Value: { } to } => $"${{{Name(stack, (string)to!)}}}",
        JsonObject { Count: 1 } function when function.First() is { Key: "Fn::GetAtt", Value: JsonArray to } => $"${{{Name(stack, (string)to[0]!)}.{to[1]}}}",
        JsonObject { Count: 1 } function when function.First() is { Key: "Fn::ImportValue", Value: { } export } => Exported((string)export!),
        JsonObject { Count: 1 } function when function.First() is { Key: "Fn::Join", Value: JsonArray join } => string.Join((string)join[0]!, ((JsonArray)join[1]!).Select(part => Tell(stack, part))),
        JsonObject map => $"{{{string.Join(',', map.Select(pair => $"{pair.Key}:{Tell(stack, pair.Value)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(item => Tell(stack, item)))}]",
        _ => value.ToString(),
    };

    public string Tell(Resource resource, string property) => Tell(resource.Stack, resource[property]);

    private string Exported(string export)
    {
        foreach (var (stack, template) in _templates)
            foreach (var (_, output) in template["Outputs"] as JsonObject ?? [])
                if (output!["Export"]?["Name"]?.ToString() == export) return Tell(stack, output["Value"]);
        return $"${{missing export {export}}}";
    }

    private string Name(string stack, string id) =>
        id.StartsWith("AWS::", StringComparison.Ordinal) ? id : Find(stack, id)?.Path ?? $"missing {id}";

    private static string PathOf(string stack, string id, JsonNode resource)
    {
        var path = resource["Metadata"]?["aws:cdk:path"]?.ToString() ?? id;
        if (path.StartsWith($"{stack}/", StringComparison.Ordinal)) path = path[(stack.Length + 1)..];
        return path.EndsWith("/Resource", StringComparison.Ordinal) ? path[..^"/Resource".Length] : path;
    }
}
