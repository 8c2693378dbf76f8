using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Runs the JavaScript in a template unchanged.</summary>
public static class Inline
{
    public static async Task<JsonNode> RunAsync(Resource function, string payload)
    {
        var code = function["Code"]!["ZipFile"]!.ToString();
        var (exit, printed) = await Tool.RunAsync("node", ["-e", $"{code};exports.handler({payload}).then((answer) => console.log(JSON.stringify(answer)))"]);
        Assert.True(exit == 0, printed);
        return JsonNode.Parse(printed)!;
    }
}
