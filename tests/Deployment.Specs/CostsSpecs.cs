using ServerlessCqrs.Deployment.Costs;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

public sealed class CostsSpecs
{
    [Fact]
    public void The_table_of_costs_is_the_one_that_is_computed() => Assert.Contains(
        MonthlyCosts.Table(0, 1, 100, 1000),
        File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "README.md")),
        StringComparison.Ordinal);
}
