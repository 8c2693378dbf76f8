using System.Text.RegularExpressions;

namespace ServerlessCqrs.Architecture.Specs.Documentation;

/// <summary>
/// <c>docs/guarantees.md</c> lists the tests with the trait <c>Guarantee</c>, whose value is "HOP: PROMISE".
/// <c>APPROVE=1</c> in the environment writes the list.
/// </summary>
public sealed partial class GuaranteesSpecs
{
    private const string Begin = "<!-- generated -->\n";
    private const string End = "<!-- end of generated -->";
    private const string Trait = "[Trait(\"Guarantee\",";

    // In the order of a command's way through the system.
    private static readonly string[] Hops =
    [
        "client → CommandApi", "CommandApi → Kinesis", "Kinesis → CommandsToEvents", "CommandsToEvents → ClickHouse", "ClickHouse → SNS",
        "SNS → EventsToReadModels", "SNS → EventsToMail", "SNS → EventsToEdgeCache", "DynamoDB → QueryApi", "QueryApi → CloudFront",
        "orders", "stored data", "repair", "history", "personal data", "the whole stack",
    ];

    private static readonly string Document = Path.Combine(Repository.Root, "docs", "guarantees.md");

    private static IReadOnlyList<(string Hop, string Promise, string Test)> Guarantees { get; } = [.. Sources().SelectMany(Read)];

    [Fact]
    public void Document_lists_every_test_with_the_trait()
    {
        var text = File.ReadAllText(Document);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var wanted = text[..begin] + Table() + text[text.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") File.WriteAllText(Document, wanted);

        Assert.True(wanted == File.ReadAllText(Document), "docs/guarantees.md does not match the tests. Run this spec with APPROVE=1.");
    }

    [Fact]
    public void Every_trait_names_a_known_hop()
    {
        Assert.NotEmpty(Guarantees);
        Assert.Empty(Guarantees.Select(guarantee => guarantee.Hop).Except(Hops));
        Assert.Empty(Hops.Except(Guarantees.Select(guarantee => guarantee.Hop)));
    }

    [Fact]
    public void Every_trait_is_read()
    {
        Assert.Equal(Sources().Sum(source => source.Split(Trait).Length - 1), Guarantees.Count);
    }

    private static string Table()
    {
        var rows = Guarantees
            .OrderBy(guarantee => Array.IndexOf(Hops, guarantee.Hop)).ThenBy(guarantee => guarantee.Test, StringComparer.Ordinal)
            .Select(guarantee => $"| {guarantee.Hop} | {guarantee.Promise} | `{guarantee.Test}` |\n");
        return "\n| hop | promise | test |\n|---|---|---|\n" + string.Concat(rows) + "\n";
    }

    private static IEnumerable<string> Sources() => SourceFiles.Of("tests")
        .Where(file => !file.EndsWith($"{nameof(GuaranteesSpecs)}.cs", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    private static IEnumerable<(string Hop, string Promise, string Test)> Read(string source) => Marked().Matches(source)
        .Select(match => (match.Groups["hop"].Value, match.Groups["promise"].Value, match.Groups["test"].Value));

    [GeneratedRegex("""\[Trait\("Guarantee", "(?<hop>[^":]+): (?<promise>[^"]+)"\)\]\s+(?:\[[^\n]*\]\s+)*public (?:async )?\S+ (?<test>\w+)\(""")]
    private static partial Regex Marked();
}
