using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

[Collection(SynthesisCollection.Name)]
public sealed class IamSpecs(Synthesis synthesis)
{
    [Fact]
    public void The_table_of_who_may_do_what_is_the_templates_own() =>
        Approved.Holds(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "IAM.md"), IamTable.Of(synthesis.Production));

    [Fact]
    public void No_two_programs_share_a_role()
    {
        var roles = synthesis.Production.Of("AWS::Lambda::Function").Select(function => synthesis.Production.Tell(function, "Role")).ToList();
        Assert.Equal(roles.Count, roles.Distinct().Count());
    }

    [Fact]
    public void No_program_has_a_policy_that_AWS_may_widen() => Assert.Empty(
        synthesis.Production.Of("AWS::IAM::Role").Where(role => role["ManagedPolicyArns"] is not null).Select(role => role.Path).Except(
        [
            // Session Manager, the only way into the instance, has nothing else.
            "ClickHouse/Role",
            // The CDK's own, which takes the rules out of a network's default group.
            "Custom::VpcRestrictDefaultSGCustomResourceProvider/Role",
        ]));
}
