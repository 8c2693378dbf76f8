using System.Text.RegularExpressions;

namespace ServerlessCqrs.Architecture.Specs.Documentation;

/// <summary>README and the other documents name only files, tests and invariants that exist.</summary>
public sealed partial class DocumentationSpecs
{
    /// <summary>A list of changes also names things that no longer exist.</summary>
    private static readonly string[] Histories = ["CHANGES.md"];

    private static readonly Lazy<string> Tests = new(() => string.Concat(SourceFiles.Of("tests").Select(File.ReadAllText)));

    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "Aws"), "*.md"))
            .Append(Path.Combine(Repository.Root, "tests", "Simulation", "README.md"))
            .Append(Path.Combine(Repository.Root, "services", "ShopWeb", "README.md"))
            .Where(file => !Histories.Contains(Path.GetFileName(file)))
            .Select(Repository.PathOf),
    ];

    [Theory, MemberData(nameof(Documents))]
    public void Links_lead_to_files_and_headings(string document)
    {
        var file = Path.Combine(Repository.Root, document);

        var dead = Link().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && IsDead(file, link));

        Assert.Empty(dead);
    }

    [Theory, MemberData(nameof(Documents))]
    public void Named_tests_exist(string document)
    {
        var names = TestName().Matches(File.ReadAllText(Path.Combine(Repository.Root, document))).Select(match => match.Groups[1].Value).Distinct();
        var missing = names.Where(name => !Tests.Value.Contains($" {name}(", StringComparison.Ordinal)).ToList();

        Assert.Empty(missing);
    }

    [Fact]
    public void Invariants_of_the_guarantees_exist()
    {
        var invariants = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Simulation", "Checks", "Invariants.cs"));

        var names = Invariant().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "guarantees.md"))).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(names);
        var missing = names.Where(name => !invariants.Contains($"const string {name} ", StringComparison.Ordinal)).ToList();
        Assert.Empty(missing);
    }

    private static bool IsDead(string from, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? from : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, parts[0]));
        if (!Path.Exists(target)) return true;
        return parts.Length == 2 && !File.ReadLines(target).Where(line => line.StartsWith('#')).Select(Anchor).Contains(parts[1]);
    }

    /// <summary>Makes an anchor like GitHub: lower case, hyphens for blanks, no punctuation.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([A-Z][a-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("`([A-Z][a-z]+[A-Z][A-Za-z]+)`")]
    private static partial Regex Invariant();
}
