using ServerlessCqrs.Calls;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// Production's templates as commit 7d5ba1d synthesized them, without assets, the dashboard's body and metadata other
/// than paths. They were never deployed, and CloudFormation would have taken them; but what they create does not
/// work. Each rule that was made since must say so.
/// </summary>
public static class Before
{
    private static readonly string Folder = Path.Combine(Tool.RepositoryRoot, "tests", "Deployment.Specs", "Before");

    public static Cloud Production { get; } = Cloud.Read(Folder);

    /// <summary>The calls that its journeys made.</summary>
    public static IReadOnlyCollection<Call> Calls { get; } =
        CallTable.Parse(File.ReadAllText(Path.Combine(Folder, "calls.json")));

    /// <summary>The same with a ClickHouse elsewhere.</summary>
    public static Cloud Elsewhere { get; } =
        new(new Dictionary<string, System.Text.Json.Nodes.JsonObject>(Production.Templates
        .Where(template => template.Key == "shop-prod-operations"))
        .Concat(Cloud.Read(Path.Combine(Folder, "elsewhere")).Templates)
        .ToDictionary(template => template.Key, template => template.Value));
}
