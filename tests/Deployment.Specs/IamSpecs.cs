using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

[Collection(SynthesisCollection.Name)]
public sealed partial class IamSpecs(Synthesis synthesis)
{
    [Fact]
    public void Table_of_calls_and_rights_is_of_the_recorded_calls_and_the_templates() =>
        Approved.Holds(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "IAM.md"), IamTable.Of(synthesis.Production, CallRules.Recorded));

    /// <summary>
    /// IAM User Guide, "IAM and AWS STS quotas": 6,144 characters without white space, after CloudFormation has
    /// inserted all names.
    /// </summary>
    [Fact]
    public void Operator_policy_fits_into_one_managed_policy()
    {
        var policy = synthesis.Production.At("AWS::IAM::ManagedPolicy", "Operator/Policy");
        var document = policy["PolicyDocument"]!.DeepClone();
        foreach (var statement in References.Listed(document["Statement"]))
            statement["Resource"] = new JsonArray([.. References.Listed(statement["Resource"]).Select(resource => (JsonNode)Deployed(synthesis.Production.Tell(policy.Stack, resource)))]);

        Assert.InRange(document.ToJsonString().Length, 1, 6144);
    }

    /// <summary>
    /// Replaces references by names with the form of CloudFormation's: stack, logical id and 13 characters.
    /// </summary>
    private string Deployed(string told) => Reference().Replace(told, match =>
        synthesis.Production.Resources.FirstOrDefault(resource => resource.Path == match.Groups["path"].Value) is { } resource
            ? $"arn:aws:dynamodb:ap-southeast-1:111122223333:table/{resource.Stack}-{resource.Id}-1ABCDEFGHIJKL"
            : "ap-southeast-1");

    [GeneratedRegex(@"\$\{(?<path>[^}]+?)(\.Arn)?\}")]
    private static partial Regex Reference();

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
            // Session Manager is the only access to the instance and needs this policy.
            "ClickHouse/Role",
            // The CDK's own function, which removes the rules of a network's default group.
            "Custom::VpcRestrictDefaultSGCustomResourceProvider/Role",
        ]));
}
