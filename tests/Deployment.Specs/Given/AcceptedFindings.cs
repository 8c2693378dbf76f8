using System.IO.Enumeration;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>What a checker found, where: <c>AwsSolutions-S1</c> at <c>Edge/AccessLogs</c>.</summary>
public sealed record Finding(
    string Rule,
    string Path);

/// <summary>The findings that stay, each with its reason: the rows of <c>infra/Aws/FINDINGS.md</c>. In a path, <c>*</c> stands for anything.</summary>
public sealed class AcceptedFindings(string markdown)
{
    private readonly List<(string Rule, string Path)> _rows =
    [
        .. from line in markdown.Split('\n')
           where line.StartsWith("| AwsSolutions", StringComparison.Ordinal)
           let cells = line.Split('|', StringSplitOptions.TrimEntries)
           where cells[3].Length > 0
           select (cells[1], cells[2]),
    ];

    public static AcceptedFindings OfTheRepository { get; } = new(File.ReadAllText(System.IO.Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "FINDINGS.md")));

    /// <summary>What was found and has no row with a reason.</summary>
    public IReadOnlyList<Finding> Unexplained(IEnumerable<Finding> found) => [.. found.Where(finding => !_rows.Any(row => Covers(row, finding)))];

    /// <summary>Rows for which nothing was found any more.</summary>
    public IReadOnlyList<string> Obsolete(IReadOnlyCollection<Finding> found) => [.. _rows.Where(row => !found.Any(finding => Covers(row, finding))).Select(row => $"{row.Rule} {row.Path}")];

    private static bool Covers((string Rule, string Path) row, Finding finding) => row.Rule == finding.Rule && FileSystemName.MatchesSimpleExpression(row.Path, finding.Path, ignoreCase: false);
}
