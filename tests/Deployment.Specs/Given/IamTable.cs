using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Who may do what with what, as a table in Markdown, from the policies of the templates.</summary>
public static class IamTable
{
    public static string Of(Cloud cloud)
    {
        var rows =
            from policy in cloud.Of("AWS::IAM::Policy")
            from statement in Listed(policy["PolicyDocument"]!["Statement"])
            from resource in Listed(statement["Resource"])
            from action in Listed(statement["Action"])
            select (Who: policy.Path.Replace("/Role/DefaultPolicy", "", StringComparison.Ordinal), What: cloud.Tell(policy.Stack, resource), Action: action.ToString());
        var table = new StringBuilder("""
            # Who may do what

            Generated from the templates of production by `IamSpecs`; a test holds it against them. Every role is one program's alone.

            | program | resource | actions |
            |---|---|---|

            """);
        foreach (var row in rows.Distinct().GroupBy(row => (row.Who, row.What)).OrderBy(row => row.Key.Who, StringComparer.Ordinal).ThenBy(row => row.Key.What, StringComparer.Ordinal))
            table.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"| {row.Key.Who} | `{Short(row.Key.What)}` | {string.Join(", ", row.Select(one => one.Action).Order(StringComparer.Ordinal))} |");
        table.AppendLine().AppendLine("Where the resource is `*`, AWS offers nothing narrower:").AppendLine();
        foreach (var reason in SecurityRules.UnscopedActions.GroupBy(action => action.Value).OrderBy(reason => reason.Key, StringComparer.Ordinal))
            table.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"- {string.Join(", ", reason.Select(action => action.Key))}: {reason.Key}.");
        return table.ToString();
    }

    private static string Short(string resource) => resource.Replace("${AWS::", "${", StringComparison.Ordinal).Replace(".Arn}", "}", StringComparison.Ordinal);

    private static IEnumerable<JsonNode> Listed(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list.OfType<JsonNode>(),
        _ => [node],
    };
}
