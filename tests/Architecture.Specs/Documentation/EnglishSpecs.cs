using System.Text.RegularExpressions;

namespace ServerlessCqrs.Architecture.Specs.Documentation;

/// <summary>
/// Comments, summaries, texts and documents use plain words. <c>english.txt</c> lists the files that are not rewritten
/// yet. The list may only get shorter: with <c>APPROVE=1</c> in the environment these specs remove files without a
/// finding, and never add one.
/// </summary>
public sealed partial class EnglishSpecs
{
    private static readonly string List = Path.Combine(Repository.Root, "tests", "Architecture.Specs", "Documentation", "english.txt");

    /// <summary>The phrases stand in these files as examples.</summary>
    private static readonly string[] Examples = ["EnglishSpecs.cs", "english.txt"];

    private static readonly string[] Folders = ["services", "functions", "infra", "tests", "docs"];

    private static IReadOnlyList<string> Known { get; } = File.ReadAllLines(List);

    private static IReadOnlyDictionary<string, string> Found { get; } = Files().ToDictionary(Repository.PathOf, FindingIn)
        .Where(file => file.Value.Length > 0)
        .ToDictionary();

    [Fact]
    public void Texts_use_plain_words()
    {
        var added = Found.Where(file => !Known.Contains(file.Key)).Select(file => $"{file.Key}: {file.Value}").ToList();

        Assert.True(added.Count == 0, $"Rewrite these texts: subject, active verb, object; one fact a sentence.\n{string.Join('\n', added)}");
    }

    [Fact]
    public void List_of_files_to_rewrite_gets_shorter()
    {
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") File.WriteAllLines(List, Known.Intersect(Found.Keys));

        // An entry without a file is harmless: branches add and move files at the same time.
        var rewritten = File.ReadAllLines(List).Except(Found.Keys).Where(file => File.Exists(Path.Combine(Repository.Root, file))).ToList();

        Assert.True(rewritten.Count == 0, $"These files are rewritten. Remove them from english.txt, or run this spec with APPROVE=1:\n{string.Join('\n', rewritten)}");
    }

    [Theory]
    [InlineData("/// <summary>Whether what was made of the stream is to be made again.</summary>")]
    [InlineData("// So it and all after it come again.")]
    [InlineData("// Unconditional: whoever sent it, it was sent.")]
    [InlineData("\"{Count} messages come again.\"")]
    [InlineData("The next build begins anew.")]
    [InlineData("Nobody is told that the log is away.")]
    public void Twisted_phrase_is_found(string text) => Assert.Matches(Phrases(), text);

    [Theory]
    [InlineData("/// <summary>True when a hint asks to rebuild what was derived from the stream.</summary>")]
    [InlineData("public Task RankAnewAsync(CancellationToken ct) => RankAsync(ct);")]
    [InlineData("Read the log again after the timeout.")]
    public void Plain_text_is_not_found(string text) => Assert.DoesNotMatch(Phrases(), text);

    private static string FindingIn(string file)
    {
        var text = File.ReadAllText(file);
        return Phrases().Match(text) is { Success: true } match
            ? $"line {text.AsSpan(0, match.Index).Count('\n') + 1}: \"{match.Value}\""
            : "";
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Repository.Root, "*.md")
        .Concat(Folders.SelectMany(folder => SourceFiles.Of(folder, ".cs", ".md")))
        .Where(file => !Examples.Contains(Path.GetFileName(file)));

    [GeneratedRegex(
        @"\b(anew|whoever|whomever|mended|none the less|be it|but for|for ever|for want of|as good as|of no account"
        + @"|all the same|as yet|made again|(come|comes|came|coming) again|pass(es)? for"
        + @"|(is|are|was|were|be|been) told|(is|are|was|were) (away|said))\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Phrases();
}
