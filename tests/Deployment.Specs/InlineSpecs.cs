using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>The lines of JavaScript that stand in the templates, run as they stand there.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class InlineSpecs(Synthesis synthesis)
{
    [Fact]
    public async Task An_access_token_carries_the_proven_address()
    {
        var answer = await RunAsync("Identity/EmailClaim/Function", """{"request":{"userAttributes":{"email":"a@example.com","email_verified":"true"}}}""");
        Assert.Equal("""{"email":"a@example.com","email_verified":"true"}""", Claims(answer));
    }

    [Fact]
    public async Task An_address_that_is_not_proven_says_so()
    {
        var answer = await RunAsync("Identity/EmailClaim/Function", """{"request":{"userAttributes":{"email":"a@example.com","email_verified":"false"}}}""");
        Assert.Equal("""{"email":"a@example.com","email_verified":"false"}""", Claims(answer));
    }

    [Theory]
    [InlineData("""{"shop-edge-secret":"new"}""", true)]
    [InlineData("""{"shop-edge-secret":"old"}""", true)]
    [InlineData("""{"shop-edge-secret":"guess"}""", false)]
    [InlineData("{}", false)]
    public async Task Only_the_edge_is_let_through_and_both_secrets_are_taken_while_one_is_rotated(string headers, bool isLetThrough)
    {
        var answer = await RunAsync("Gateway/EdgeSecret/EdgeOnly/Function", $$"""{"headers":{{headers}}}""", "process.env.EDGE_SECRET_1='old';process.env.EDGE_SECRET_2='new';");
        Assert.Equal(isLetThrough, (bool)answer["isAuthorized"]!);
    }

    private static string Claims(JsonNode answer) => answer["response"]!["claimsAndScopeOverrideDetails"]!["accessTokenGeneration"]!["claimsToAddOrOverride"]!.ToJsonString();

    private async Task<JsonNode> RunAsync(string path, string payload, string before = "")
    {
        var code = synthesis.Production.At("AWS::Lambda::Function", path)["Code"]!["ZipFile"]!.ToString();
        var (exit, printed) = await Tool.RunAsync("node", ["-e", $"{before}{code};exports.handler({payload}).then((answer) => console.log(JSON.stringify(answer)))"]);
        Assert.True(exit == 0, printed);
        return JsonNode.Parse(printed)!;
    }
}
