namespace ServerlessCqrs.Architecture.Specs;

/// <summary>
/// The framework does not know the shop, with the exceptions in <c>known.txt</c>. That list may only get shorter. With
/// <c>APPROVE=1</c> in the environment these specs remove its outdated lines, and never add one.
/// </summary>
public sealed class FrameworkSpecs
{
    private static readonly string List = Path.Combine(Repository.Root, "tests", "Architecture.Specs", "known.txt");

    private static IReadOnlyList<string> Known { get; } = File.ReadAllLines(List);

    private static IReadOnlyList<string> Found { get; } = Violations.In(BuiltProject.All);

    [Fact]
    public void Framework_knows_no_more_of_the_shop_than_is_listed()
    {
        var added = Found.Except(Known).ToList();

        Assert.True(added.Count == 0, $"The framework must not know the shop. Move the code to the shop, or pass in what it needs:\n{string.Join('\n', added)}");
    }

    [Fact]
    public void List_names_only_what_the_framework_still_knows()
    {
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") File.WriteAllLines(List, Known.Intersect(Found));

        var gone = File.ReadAllLines(List).Except(Found).ToList();

        Assert.True(gone.Count == 0, $"These lines of known.txt are no longer true. Remove them, or run this spec with APPROVE=1:\n{string.Join('\n', gone)}");
    }
}
