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

    private static string Claims(JsonNode answer) => answer["response"]!["claimsAndScopeOverrideDetails"]!["accessTokenGeneration"]!["claimsToAddOrOverride"]!.ToJsonString();

    private async Task<JsonNode> RunAsync(string path, string payload)
    {
        var code = synthesis.Production.At("AWS::Lambda::Function", path)["Code"]!["ZipFile"]!.ToString();
        var (exit, printed) = await Tool.RunAsync("node", ["-e", $"{code};exports.handler({payload}).then((answer) => console.log(JSON.stringify(answer)))"]);
        Assert.True(exit == 0, printed);
        return JsonNode.Parse(printed)!;
    }
}
