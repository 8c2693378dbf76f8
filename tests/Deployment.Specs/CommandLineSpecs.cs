using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>The CDK command line works as README describes it.</summary>
[Collection(SynthesisCollection.Name)]
public sealed class CommandLineSpecs(Synthesis synthesis)
{
    [Fact]
    public async Task The_stacks_are_synthesized_without_an_account_a_network_or_a_warning()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Tool.RepositoryRoot, "node_modules", ".bin", "cdk")), "The CDK's command line is not installed: npm ci");
        var folder = Path.Combine(synthesis.Folder, "command-line");

        var (code, printed) = await Tool.RunOfflineAsync(
            "npx", "--no-install", "cdk", "synth", "--quiet", "--output", folder, "--app", "dotnet run --no-build --project infra/Aws", "-c", $"programs={synthesis.ProgramsFolder}", "-c", "environment=prod");

        Assert.True(code == 0, printed);
        Assert.DoesNotContain("warn", printed, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, Directory.GetFiles(folder, "*.template.json").Length);
    }

    [Fact]
    public async Task What_is_wrong_with_the_options_is_told_before_anything_is_done()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Tool.RepositoryRoot, "node_modules", ".bin", "cdk")), "The CDK's command line is not installed: npm ci");

        var (code, printed) = await Tool.RunOfflineAsync("npx", "--no-install", "cdk", "ls", "--app", "dotnet run --no-build --project infra/Aws", "-c", "environment=staging", "-c", "mailFrom=nobody");

        Assert.NotEqual(0, code);
        Assert.Contains("environment 'staging': cdk.json knows no such environment.", printed, StringComparison.Ordinal);
        Assert.Contains("mailFrom: a mail address is needed", printed, StringComparison.Ordinal);
    }
}
