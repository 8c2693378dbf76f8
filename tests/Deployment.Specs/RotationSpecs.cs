using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>Updates of what the edge and the programs share, and of what people do between two deployments.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class RotationSpecs(Synthesis synthesis)
{
    private DeploymentOptions Options => synthesis.ProductionOptions;

    [Fact]
    public async Task Secret_of_the_edge_is_rotated_twice_without_a_refusal() => Assert.Empty(
        (await Deployed()).Deploy(synthesis.Variant(Options with { EdgeSecret = 2 }))
        .Deploy(synthesis.Variant(Options with { EdgeSecret = 3 })).Faults);

    /// <summary>The programs of one release do not know the secret that the edge of the next one sends.</summary>
    [Fact]
    public async Task Rotation_by_two_at_once_is_caught() => Assert.Contains(
        "CommandApi/Function#2 of before refuses EdgeSecret/Secret3#5, which Edge/Distribution#2 of after sends",
        (await Deployed()).Deploy(synthesis.Variant(Options with { EdgeSecret = 3 })).Faults);

    [Fact]
    public async Task Rotation_before_answered_403_until_programs_knew_the_secret()
    {
        var rehearsal = (await UpdateSpecs.Rehearse(Before.Production)).Deploy(Before.Production).Deploy(Rotated());
        Assert.Contains("QueryApi/Function#2 of before refuses EdgeSecret/Secret2#5, which Edge/Distribution#2 of after sends",
            rehearsal.Faults);
    }

    [Fact]
    public async Task Sign_up_mails_move_to_SES_once_its_domain_is_verified()
    {
        Assert.Empty((await Deployed()).Deploy(SesReady()).Faults);
        Assert.Contains("Identity/Pool#1 sends mails as an identity that nobody could verify yet",
            (await UpdateSpecs.Rehearse(synthesis.Production)).Deploy(SesReady()).Faults);
    }

    /// <summary>
    /// Commit 7d5ba1d with <c>edgeSecret</c> raised by one: the services know both, and CloudFront sends the new one.
    /// </summary>
    private static Cloud Rotated() => Before.Production.Damaged(cloud =>
    {
        const string services = "shop-prod-services";
        var old = cloud.At("AWS::SecretsManager::Secret", "EdgeSecret/Secret1");
        var text = old.Node.ToJsonString().Replace("Secret1", "Secret2", StringComparison.Ordinal);
        var id = old.Id.Replace("Secret1", "Secret2", StringComparison.Ordinal);
        cloud.Templates[services]["Resources"]![id] = JsonNode.Parse(text);
        foreach (var program in cloud.Of("AWS::Lambda::Function"))
            if (program["Environment"]?["Variables"]?["EDGE_SECRETS"] is { } known)
                program["Environment"]!["Variables"]!["EDGE_SECRETS"] = new JsonObject
                {
                    ["Fn::Join"] = new JsonArray(",", new JsonArray(known.DeepClone(), new JsonObject { ["Ref"] = id })),
                };
        var distribution = cloud.Of("AWS::CloudFront::Distribution").Single().Properties;
        distribution["DistributionConfig"] = JsonNode.Parse(distribution["DistributionConfig"]!.ToJsonString()
            .Replace(old.Id, id, StringComparison.Ordinal));
    });

    /// <summary>Production with the option <c>sesReady</c>.</summary>
    private Cloud SesReady() => synthesis.Production.Damaged(cloud =>
    {
        var ready = synthesis.Development.At("AWS::Cognito::UserPool", "Identity/Pool");
        cloud.At("AWS::Cognito::UserPool", "Identity/Pool").Properties["EmailConfiguration"] =
            ready["EmailConfiguration"]!.DeepClone();
    });

    private async Task<Rehearsal> Deployed() =>
        (await UpdateSpecs.Rehearse(synthesis.Production)).Deploy(synthesis.Production);
}
