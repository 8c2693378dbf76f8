using System.Text;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// Everything that AWS limits is reserved, capped, monitored and documented. Each rule fails on the templates of commit
/// 7d5ba1d.
/// </summary>
[Collection(SynthesisCollection.Name)]
public sealed class QuotaSpecs(Synthesis synthesis)
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "README.md"));

    [Fact]
    public void Every_program_has_what_its_mappings_take() => Holds(
        QuotaRules.Starved,
        cloud => cloud.At("AWS::Lambda::Function", "EventsToMail/Function").Properties["ReservedConcurrentExecutions"] = 1,
        "EventsToMail/Function reserves 1, and 2 are taken",
        before: "CommandsToEvents/Function reserves nothing");

    [Fact]
    public void Queue_without_a_maximum_takes_a_thousand() => Assert.Contains(
        "EventsToMail/Function reserves 2, and 1000 are taken",
        QuotaRules.Starved(synthesis.Production.Damaged(cloud => cloud.Of("AWS::Lambda::EventSourceMapping").Single(mapping => mapping.Part == "EventsToMail").Properties.Remove("ScalingConfig"))));

    [Fact]
    public void Anonymous_reads_leave_the_account_to_the_write_path() => Holds(
        QuotaRules.OpenWithoutBound,
        cloud => cloud.At("AWS::Lambda::Function", "QueryApi/Function").Properties.Remove("ReservedConcurrentExecutions"),
        "GET /{proxy+} may take all of the account by QueryApi/Function",
        before: "GET /{proxy+} may take all of the account by QueryApi/Function");

    [Fact]
    public void README_tells_the_quota_that_the_templates_need()
    {
        Assert.Equal(ConcurrencyPlan.Needed(ShopTopology.All, onDemandStream: false), QuotaRules.Needed(synthesis.Production));
        Assert.Equal(ConcurrencyPlan.Needed(ShopTopology.All, onDemandStream: true), QuotaRules.Needed(synthesis.Development));
        Assert.True(QuotaRules.Needed(synthesis.Production) <= synthesis.ProductionOptions.LambdaConcurrency);
        Assert.Contains(
            $"reserves {QuotaRules.Reserved(synthesis.Production)} of them, and Lambda keeps 100 for the account's other functions: **{QuotaRules.Needed(synthesis.Production)}** ({QuotaRules.Needed(synthesis.Development)} with `onDemandStream`).",
            Readme, StringComparison.Ordinal);
        Assert.Contains($"Shards, queues and schedules alone take {QuotaRules.TakenByMappings(synthesis.Production)} at once.", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Index_that_throttles_its_table_tells_its_limit() => Holds(
        QuotaRules.UnwatchedPartitions,
        cloud => cloud.Remove(cloud.At("AWS::CloudWatch::Alarm", "Alarms/products-v1-by-price-Throttles")),
        "Tables/products-v1/by-price: no alarm when it throttles its table",
        before: "Tables/products-v1/by-price: no alarm when it throttles its table");

    [Fact]
    public void README_tells_what_partitions_take()
    {
        var table = new StringBuilder("| partition | shared by | takes a second |\n|---|---|---|\n");
        foreach (var (items, group) in ShopTopology.All.SharedPartitions.GroupBy(one => one.Shared).Select(group => (group.Key, group)))
            table.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| {string.Join(", ", group.Select(one => one.Index is null ? $"`{one.Table.Name}`" : $"`{one.Table.Name}` `{one.Index}`"))} | {items.Items} | {items.ChangesPerSecond:N0} {items.Change} |\n");
        Assert.Contains(table.ToString(), Readme, StringComparison.Ordinal);
    }

    private void Holds(Func<Cloud, IEnumerable<string>> rule, Action<Cloud> fault, string found, string before)
    {
        Assert.Empty(rule(synthesis.Production));
        Assert.Empty(rule(synthesis.Development));
        Assert.Contains(found, rule(synthesis.Production.Damaged(fault)));
        Assert.Contains(before, rule(Before.Production));
    }
}
