using ServerlessCqrs.Accounts;
using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>A system that is not the shop's is deployed by the same constructs, under the same rules.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class SecondDomainSpecs(Synthesis synthesis)
{
    [Fact]
    public void Bank_is_deployed_under_the_rules_of_the_shop()
    {
        var cloud = synthesis.Of(AccountTopology.All, synthesis.ProductionOptions with { MailFrom = "bank@example.com" });
        Func<Cloud, IEnumerable<string>>[] rules =
        [
            SecurityRules.MappingsWithoutPartialFailures, SecurityRules.Wildcards, SecurityRules.UnencryptedStores, SecurityRules.SecretsInSettings, SecurityRules.QueuesThatHideTooShort,
            SecurityRules.ReachedWithoutTls, SecurityRules.UnfilteredSubscriptions, SecurityRules.QueuesWithoutDeadLetters, SecurityRules.PublicBuckets, SecurityRules.OpenDoors,
            Reachability.Unreachable, QuotaRules.Starved, QuotaRules.OpenWithoutBound, MachineRules.Unordered, MachineRules.Silent, MachineRules.Unwatched,
        ];

        Assert.Empty(rules.SelectMany(rule => rule(cloud)));
        Assert.Equal(["bank-prod-data", "bank-prod-operations", "bank-prod-services"], cloud.Templates.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(AccountTopology.All.Tables.Count, cloud.Of("AWS::DynamoDB::Table").Count());
        Assert.All(cloud.Templates.Values, template => Assert.DoesNotContain("shop", template.ToJsonString(), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            AccountTopology.All.Programs.Select(program => $"{program.Name}/Function").Order(),
            cloud.Of("AWS::Lambda::Function").Where(function => function["Runtime"]?.ToString() == "dotnet10").Select(function => function.Path).Order());
    }
}
