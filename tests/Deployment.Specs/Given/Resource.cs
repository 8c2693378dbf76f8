using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// A resource of a template. <paramref name="Path"/> is its construct's path without the stack and <c>Resource</c>:
/// <c>events-to-mail/Queue</c>.
/// </summary>
public sealed record Resource(
    string Stack,
    string Id,
    string Type,
    string Path,
    JsonObject Node)
{
    public JsonObject Properties => Node["Properties"] as JsonObject ?? [];

    public JsonNode? this[string property] => Properties[property];

    /// <summary>The first segment of its path: the hop or part that it belongs to.</summary>
    public string Part => Path.Split('/')[0];
}
