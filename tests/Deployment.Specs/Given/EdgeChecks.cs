using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// While a deployment runs, and while it is taken back, each program and the distribution are as before or as after. No
/// page says in which order CloudFormation takes updates back. So any distribution must get through to any program.
/// </summary>
public static partial class EdgeChecks
{
    /// <summary>The programs that answer 403 to a distribution that sends them the other release's secret.</summary>
    public static IEnumerable<string> Refused(Account before, Account now, string stack)
    {
        var edges = Versions("AWS::CloudFront::Distribution").ToList();
        return
            from program in Versions("AWS::Lambda::Function")
            where Accepted(program.Resource) is { } accepted
            from edge in edges
            from sent in Sent(edge.Resource)
            where !Names(Accepted(program.Resource)).Contains(sent)
            select $"{program.Resource.Name} of {program.When} refuses {sent}, which {edge.Resource.Name} of {edge.When} sends";

        IEnumerable<(string When, Created Resource)> Versions(string type) =>
            new[] { ("before", before), ("after", now) }.SelectMany(account => account.Item2.In(stack).Values
                .Where(one => one.Type == type && now.In(stack).GetValueOrDefault(one.Id)?.Name == one.Name)
                .Select(one => (account.Item1, one)));
    }

    /// <summary>
    /// The programs that accept the secret that the edge sends, and not the next one. They would refuse requests during
    /// a rotation.
    /// </summary>
    public static IEnumerable<string> Unprepared(Cloud cloud) =>
        from distribution in cloud.Of("AWS::CloudFront::Distribution")
        let sent = Number().Matches(cloud.Tell(distribution.Stack, distribution["DistributionConfig"]!["Origins"]))
            .Max(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
        from function in cloud.Of("AWS::Lambda::Function")
        let accepted = function["Environment"]?["Variables"]?["EDGE_SECRETS"]
        where accepted is not null && !cloud.Tell(function.Stack, accepted)
            .Contains($"EdgeSecret/Secret{sent + 1}", StringComparison.Ordinal)
        select $"{function.Path} does not know the secret after {sent}";

    private static JsonNode? Accepted(Created program) => program.Properties["Environment"]?["Variables"]?["EDGE_SECRETS"];

    private static IEnumerable<string> Sent(Created distribution) =>
        (distribution.Properties["DistributionConfig"]!["Origins"] as JsonArray ?? []).SelectMany(origin => Names(origin!["OriginCustomHeaders"]));

    /// <summary>The secrets that a value names.</summary>
    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        null => [],
        JsonObject map => map.SelectMany(pair => Names(pair.Value)),
        JsonArray list => list.SelectMany(Names),
        _ => node.ToString() is var text && text.StartsWith("EdgeSecret/Secret", StringComparison.Ordinal) ? [text] : [],
    };

    [GeneratedRegex(@"EdgeSecret/Secret(\d+)")]
    private static partial Regex Number();
}
