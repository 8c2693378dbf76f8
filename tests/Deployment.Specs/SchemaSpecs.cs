using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// CloudFormation accepts the templates, according to AWS's own specification of every resource and to cfn-lint.
/// </summary>
[Collection(SynthesisCollection.Name)]
public sealed class SchemaSpecs(Synthesis synthesis)
{
    private const string Checker = "check-schema.cjs";

    [Fact]
    public async Task Every_resource_is_valid_and_three_seeded_faults_are_caught()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Tool.RepositoryRoot, "node_modules", "@aws-cdk", "aws-service-spec")), "AWS's specification is not installed: npm ci");
        var faults = new Dictionary<string, Action<Cloud>>
        {
            ["VisibilityTimeOut: there is no such property"] = cloud => cloud.At("AWS::SQS::Queue", "events-to-mail/Queue").Properties["VisibilityTimeOut"] = 360,
            ["'CHEAP' is none of"] = cloud => cloud.At("AWS::Cognito::UserPool", "Identity/Pool").Properties["UserPoolTier"] = "CHEAP",
            ["Code: is required"] = cloud => cloud.At("AWS::Lambda::Function", "CommandApi/Function").Properties.Remove("Code"),
            ["BatchSize: a number is needed"] = cloud => cloud.Of("AWS::Lambda::EventSourceMapping").First().Properties["BatchSize"] = new JsonObject { ["Size"] = 1 },
        };
        var good = synthesis.TemplatesOf("prod").Concat(synthesis.TemplatesOf("dev")).ToList();
        // The specification needs a second to load, so one run checks everything.
        var seeded = faults.ToDictionary(fault => fault.Key, fault => synthesis.Write(synthesis.Production.Damaged(fault.Value)));
        var found = await CheckAsync([.. good, .. seeded.Values.SelectMany(files => files)]);

        Assert.Empty(good.SelectMany(file => found[file]));
        Assert.All(seeded, fault => Assert.Contains(fault.Key, Assert.Single(fault.Value.SelectMany(file => found[file])), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_linter_finds_nothing()
    {
        Assert.SkipUnless(Tool.IsInstalled("cfn-lint"), "cfn-lint is not installed: pip install cfn-lint");
        // W3005: the CDK writes that a function depends on its role, although the reference to the role implies it.
        var (code, printed) = await Tool.RunAsync("cfn-lint", ["--ignore-checks", "W3005", "--", .. synthesis.TemplatesOf("prod"), .. synthesis.TemplatesOf("dev")]);
        Assert.True(code == 0 && printed.Trim().Length == 0, printed);
    }

    private static async Task<Dictionary<string, string[]>> CheckAsync(IEnumerable<string> files)
    {
        var (code, printed) = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Given", Checker), .. files]);
        Assert.True(code == 0, printed);
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(printed)!;
    }
}
