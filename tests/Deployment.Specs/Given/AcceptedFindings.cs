using System.IO.Enumeration;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>A checker's finding and its place: <c>AwsSolutions-S1</c> at <c>Edge/AccessLogs</c>.</summary>
public sealed record Finding(
    string Rule,
    string Path);

/// <summary>
/// The accepted findings with their reasons: the rows of <c>infra/Aws/FINDINGS.md</c>. A <c>*</c> in a path matches any
/// text.
/// </summary>
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

    /// <summary>Returns the findings without a row that has a reason.</summary>
    public IReadOnlyList<Finding> Unexplained(IEnumerable<Finding> found) => [.. found.Where(finding => !_rows.Any(row => Covers(row, finding)))];

    /// <summary>Returns the rows without a finding.</summary>
    public IReadOnlyList<string> Obsolete(IReadOnlyCollection<Finding> found) => [.. _rows.Where(row => !found.Any(finding => Covers(row, finding))).Select(row => $"{row.Rule} {row.Path}")];

    private static bool Covers((string Rule, string Path) row, Finding finding) => row.Rule == finding.Rule && FileSystemName.MatchesSimpleExpression(row.Path, finding.Path, ignoreCase: false);
}
