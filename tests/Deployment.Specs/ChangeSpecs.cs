using System.Text.RegularExpressions;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>CHANGES.md has a reason for every change of the approved templates since commit 7d5ba1d.</summary>
[Collection(SynthesisCollection.Name)]
public sealed partial class ChangeSpecs(Synthesis synthesis)
{
    private static readonly string Page =
        File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "CHANGES.md"));

    [Theory]
    [InlineData("data")]
    [InlineData("services")]
    [InlineData("operations")]
    public void Every_change_of_a_template_has_a_reason(string stack)
    {
        var changes = TemplateChanges.Between(Before.Production, synthesis.Production, $"shop-prod-{stack}").ToList();
        var patterns = PatternsOf(stack);
        Assert.NotEmpty(changes);
        var unexplained = changes.Where(change => !patterns.Exists(pattern => Matches(pattern, change))).ToList();
        Assert.True(unexplained.Count == 0, $"CHANGES.md has no reason for:\n{string.Join('\n', unexplained)}");
        var outdated = patterns.Where(pattern => !changes.Exists(change => Matches(pattern, change))).ToList();
        Assert.True(outdated.Count == 0, $"CHANGES.md explains what did not change:\n{string.Join('\n', outdated)}");
    }

    [Fact]
    public void Changed_setting_right_and_property_are_told()
    {
        var changed = synthesis.Production.Damaged(cloud =>
        {
            cloud.At("AWS::Lambda::Function", "QueryApi/Function")["Environment"]!["Variables"]!["NEW"] = "1";
            cloud.At("AWS::SQS::Queue", "events-to-mail/Queue").Properties["DelaySeconds"] = 4;
            cloud.At("AWS::IAM::Policy", "QueryApi/Role/DefaultPolicy")["PolicyDocument"]!["Statement"]!.AsArray()
                .RemoveAt(0);
            cloud.Remove(cloud.At("AWS::SNS::Topic", "events/Topic"));
        });
        var told = TemplateChanges.Between(synthesis.Production, changed, "shop-prod-services").ToList();
        Assert.Contains("QueryApi/Function: Environment NEW", told);
        Assert.Contains("events-to-mail/Queue: DelaySeconds", told);
        Assert.Contains("events/Topic", told);
        Assert.Contains(told, one =>
            one.StartsWith("QueryApi/Role/DefaultPolicy: PolicyDocument ", StringComparison.Ordinal));
    }

    /// <summary>The texts in backticks of a table's first column; <c>*</c> stands for anything.</summary>
    private static List<string> PatternsOf(string stack)
    {
        var begin = Page.IndexOf($"## {stack}.json", StringComparison.Ordinal);
        var end = Page.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        return [.. Row().Matches(Page[begin..end]).SelectMany(row => Quoted().Matches(row.Groups[1].Value))
            .Select(text => text.Groups[1].Value)];
    }

    private static bool Matches(string pattern, string change) => Regex.IsMatch(
        change, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");

    [GeneratedRegex(@"^\| (`.*?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
