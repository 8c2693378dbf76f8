using System.Text.RegularExpressions;

namespace ServerlessCqrs.Architecture.Specs.Documentation;

/// <summary>A test's name states its rule, short enough for a line of a test report.</summary>
public sealed partial class TestNameSpecs
{
    private const int Longest = 80;

    [Fact]
    public void Test_names_have_at_most_80_characters()
    {
        var names = SourceFiles.Of("tests").SelectMany(file => TestName().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.InRange(name.Length, 1, Longest));
    }

    [GeneratedRegex(@"public (?:async )?(?:Task|void) ([A-Z][A-Za-z0-9]*_\w+)\(")]
    private static partial Regex TestName();
}
