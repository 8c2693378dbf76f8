using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

[Collection(SynthesisCollection.Name)]
public sealed class StackSpecs(Synthesis synthesis)
{
    [Fact]
    public void There_are_three_stacks() => Assert.Equal(["shop-prod-data", "shop-prod-operations", "shop-prod-services"], synthesis.Production.Templates.Keys.Order());
}
