using System.Globalization;
using System.Text;
using ServerlessCqrs.Calls;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Calls made against rights granted, as tables in Markdown, from the recorded calls and the templates' policies.</summary>
public static class IamTable
{
    public static string Of(Cloud cloud, IReadOnlyCollection<Call> calls)
    {
        IReadOnlyList<Need> needs = [.. Need.All(cloud, calls), .. Need.Stated(cloud)];
        var grants = new GrantedRights(cloud).Grants.Where(grant => grant.IsAllowed).Select(grant => (grant.Program, grant.Resource, grant.Action)).Distinct().ToList();
        var table = new StringBuilder("""
            # Calls made against rights granted

            Each program has a role of its own. `Operator` is a managed policy for the people who run the Operator's commands.

            - **Calls** are those that the journeys recorded in the AWS SDK's pipeline ([calls.json](calls.json)), and those that Lambda makes in a function's name. Where the journeys cannot show a call, the table says what the program does.
            - **Rights** are those that the templates of production grant.

            `CallSpecs` proves that every call is allowed and that every right is needed. `ReachableCallSpecs` searches the programs' code for calls that no journey made. To generate this page again, run the journeys, then the specs:

            ```
            APPROVE=1 dotnet run --project tests/Journeys
            APPROVE=1 dotnet run --project tests/Deployment.Specs
            ```

            The journeys add new calls. To drop calls that no program makes any more, first replace `calls.json` by `{}`, then run all journeys.

            | program | resource | calls | rights |
            |---|---|---|---|

            """);
        foreach (var row in grants.GroupBy(grant => (grant.Program, grant.Resource)).OrderBy(row => row.Key.Program, StringComparer.Ordinal).ThenBy(row => row.Key.Resource, StringComparer.Ordinal))
            Line(table, $"| {row.Key.Program} | `{Short(row.Key.Resource)}` | {Joined(needs.Where(need => need.Program == row.Key.Program && need.Resource == row.Key.Resource).Select(need => need.Why), "; ")} | {Joined(row.Select(grant => grant.Action))} |");
        table.AppendLine().AppendLine("AWS takes no narrower resource than `*` for these:").AppendLine();
        foreach (var reason in SecurityRules.UnscopedActions.GroupBy(action => action.Value).OrderBy(reason => reason.Key, StringComparer.Ordinal))
            Line(table, $"- {string.Join(", ", reason.Select(action => action.Key))}: {reason.Key}.");
        table.AppendLine().AppendLine("Each command of the Operator calls:").AppendLine().AppendLine("| command | calls |").AppendLine("|---|---|");
        foreach (var command in calls.Where(call => call.Program.StartsWith("Operator ", StringComparison.Ordinal)).GroupBy(call => call.Program).OrderBy(command => command.Key, StringComparer.Ordinal))
            Line(table, $"| {command.Key["Operator ".Length..]} | {string.Join("; ", command.GroupBy(call => call.Operation).OrderBy(operation => operation.Key, StringComparer.Ordinal).Select(operation => $"{operation.Key}: {Joined(operation.Select(call => call.Resource))}"))} |");
        return table.ToString();
    }

    private static string Joined(IEnumerable<string> texts, string separator = ", ") => string.Join(separator, texts.Distinct().Order(StringComparer.Ordinal));

    private static void Line(StringBuilder table, string line) => table.AppendLine(CultureInfo.InvariantCulture, $"{line}");

    private static string Short(string resource) => resource.Replace("${AWS::", "${", StringComparison.Ordinal).Replace(".Arn}", "}", StringComparison.Ordinal);
}
