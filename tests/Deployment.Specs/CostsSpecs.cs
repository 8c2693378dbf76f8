using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessCqrs.Deployment.Costs;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

[Collection(SynthesisCollection.Name)]
public sealed partial class CostsSpecs(Synthesis synthesis)
{
    private const double MostIdle = 150;

    private MonthlyCosts Now => Of(synthesis.Production);

    [Fact]
    public void Page_of_costs_is_the_templates_own()
    {
        var page = new StringBuilder("""
            # What it costs

            `CostsSpecs` generates this page from the templates of production. Prices are on-demand list prices of us-east-1 without free tiers, as we knew them in November 2026. We did not fetch them, so compare. A command is one change of one product.


            """);
        page.Append(Now.Table(0, 1, 100, 1000)).Append('\n');
        page.AppendLine(CultureInfo.InvariantCulture, $"The sums leave out reads, most of which cost CloudFront's price only ($1.10 a million, with the calls of its function). They also leave out the storage of tables, their point-in-time recovery, the storage of CloudFront's logs, and the page's files (less than a cent). They leave out open sockets too: a thousand open pages cost ${MonthlyCosts.OpenSockets(1000):0} a month, and each further watcher of a change costs $1 a million hints.").AppendLine();
        page.Append(MonthlyCosts.TableOfTheRest()).Append('\n');
        page.Append("## Idle, since commit 7d5ba1d\n\n| $ a month | then | now |\n| --- | ---: | ---: |\n").Append(Additions());
        Approved.Holds(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "COSTS.md"), page.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_type_that_the_templates_create_has_a_line_or_a_reason()
    {
        Assert.Empty(Now.Unpriced);
        // Some types are only in an environment with other options.
        Assert.Empty(Now.PricedInVain.Intersect(Of(synthesis.Development).PricedInVain));
        Assert.Equal(["AWS::EC2::NatGateway"], Of(synthesis.Production.Damaged(cloud =>
            cloud.Templates["shop-prod-data"]["Resources"]!["Nat"] = new JsonObject { ["Type"] = "AWS::EC2::NatGateway" })).Unpriced);
    }

    [Fact]
    public void Idle_shop_costs_less_than_150_dollars() => Assert.InRange(Now.Together(0), 100, MostIdle);

    /// <summary>API Gateway Developer Guide, "Monitor CloudWatch metrics for HTTP APIs": they have a price each.</summary>
    [Fact]
    public void Detailed_metrics_are_off_unless_something_shows_them()
    {
        Assert.Empty(CostRules.UnusedDetailedMetrics(synthesis.Production));
        Assert.Empty(CostRules.UnusedDetailedMetrics(synthesis.Development));
        Assert.Equal(["Gateway/Stage: 102 detailed metrics that nothing uses"], CostRules.UnusedDetailedMetrics(Before.Production));
        Assert.Contains("CloudWatch: 102 detailed metrics of routes, at most", Of(Before.Production).Idle.Select(line => line.What));
    }

    private static MonthlyCosts Of(Cloud cloud) => new(new Templates(cloud.Templates.Values));

    /// <summary>The lines that changed. A line is the same while its text without numbers is.</summary>
    private string Additions()
    {
        var (then, now) = (ByText(Before.Production), ByText(synthesis.Production));
        var table = new StringBuilder();
        foreach (var key in now.Keys.Union(then.Keys))
        {
            var (before, after) = (then.GetValueOrDefault(key), now.GetValueOrDefault(key));
            if (before != after) Row((after ?? before)!.What, before?.Dollars ?? 0, after?.Dollars ?? 0);
        }

        Row("**together**", Of(Before.Production).Together(0), Now.Together(0));
        return table.ToString();

        void Row(string what, double before, double after) => table.Append(CultureInfo.InvariantCulture, $"| {what} | {before:0.00} | {after:0.00} |\n");
        static Dictionary<string, IdleCost> ByText(Cloud cloud) => Of(cloud).Idle.ToDictionary(line => Numbers().Replace(line.What, "#"));
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
