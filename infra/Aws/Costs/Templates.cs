using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Costs;

/// <summary>The resources in the templates of one environment.</summary>
public sealed class Templates(IEnumerable<JsonObject> templates)
{
    private readonly List<(string Type, JsonObject Properties)> _resources =
    [
        .. from template in templates
           from resource in (JsonObject)template["Resources"]!
           select (resource.Value!["Type"]!.ToString(), resource.Value["Properties"] as JsonObject ?? []),
    ];

    /// <exception cref="DirectoryNotFoundException">The folder has no templates.</exception>
    public static Templates Read(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.template.json") : [];
        if (files.Length == 0) throw new DirectoryNotFoundException($"There are no templates in {Path.GetFullPath(folder)}. Synthesize them first: npx cdk synth --quiet -c environment=prod");
        return new Templates(files.Order(StringComparer.Ordinal).Select(file => (JsonObject)JsonNode.Parse(File.ReadAllText(file))!));
    }

    public IEnumerable<string> Types => _resources.Select(resource => resource.Type).Distinct();

    public IEnumerable<JsonObject> Of(string type) => _resources.Where(resource => resource.Type == type).Select(resource => resource.Properties);

    public int Count(string type) => Of(type).Count();
}
