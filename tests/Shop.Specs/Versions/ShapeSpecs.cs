namespace ServerlessCqrs.Shop.Specs.Versions;

/// <summary>One example of each kind of change of a message's shape.</summary>
public class ShapeSpecs
{
    private const string Stored = """
        Greeted v1
          who: text
          how: text or null
          guests: list
          guests[]: object
          guests[].id: uuid
          guests[].since: time
          words: map
          words.*: text or null
          isLoud: boolean, optional

        """;

    [Fact]
    public void A_shape_is_read_off_the_code_and_back_from_its_text()
    {
        var shape = Shape.Of(Samples.Contracts, typeof(Greeted));
        Assert.Equal(Stored, shape.ToString());
        Assert.Equal(Stored, Assert.Single(Shape.Parse(Stored)).ToString());
        Assert.Equal(Degree.Same, ShapeChange.Between(Assert.Single(Shape.Parse(Stored)), shape).Degree);
    }

    [Theory]
    [InlineData("  isLoud: boolean, optional\n", "", "isLoud is new, and optional")]
    [InlineData("  isLoud: boolean, optional\n", "  isLoud: boolean\n", "isLoud is optional now")]
    public void What_both_codes_read_is_compatible(string now, string before, string reason) => Is("Compatible", now, before, reason);

    [Theory]
    [InlineData("  who: text\n", "  who: text\n  where: text\n", "where is gone")]
    [InlineData("  who: text\n", "", "who is new, and what was stored lacks it")]
    [InlineData("  who: text\n", "  name: text\n", "name is named who now")]
    [InlineData("  guests[].since: time\n", "  guests[].from: time\n", "guests[].from is named guests[].since now")]
    [InlineData("  guests[].since: time\n", "  guests[].since: text\n", "guests[].since was text and is time")]
    [InlineData("  who: text\n", "  who: integer\n", "who was integer and is text")]
    [InlineData("  who: text\n", "  who: text or null\n", "who is never null now, and may be stored as null")]
    [InlineData("  how: text or null\n", "  how: text\n", "how may be null now, which code of before does not read")]
    [InlineData("  words.*: text or null\n", "  words.*: text\n", "words.* may be null now, which code of before does not read")]
    [InlineData("  who: text\n", "  who: text, optional\n", "who is required now, and what was stored may lack it")]
    [InlineData("  guests: list\n  guests[]: object\n  guests[].id: uuid\n  guests[].since: time\n", "", "guests is new, and what was stored lacks it")]
    public void What_either_code_cannot_read_is_breaking(string now, string before, string reason) => Is("Breaking", now, before, reason);

    [Fact]
    public void One_breaking_change_is_not_made_good_by_others()
    {
        var before = Stored.Replace("  isLoud: boolean, optional\n", "", StringComparison.Ordinal).Replace("  who: text\n", "", StringComparison.Ordinal);
        var change = ShapeChange.Between(Assert.Single(Shape.Parse(before)), Shape.Of(Samples.Contracts, typeof(Greeted)));
        Assert.Equal((Degree.Breaking, 2), (change.Degree, change.Reasons.Count));
    }

    [Fact]
    public void The_gate_says_what_to_do()
    {
        var paid = string.Concat(new[] { typeof(PaidV1), typeof(PaidV2), typeof(Paid) }.Select(type => Shape.Of(Samples.Contracts, type).ToString()));
        Assert.Empty(Problems(paid + Stored));

        var unwritten = Assert.Single(Problems(paid));
        Assert.Equal($"Greeted v1 is new. Add it to shapes.txt:\n{Stored}", unwritten);

        var compatible = Assert.Single(Problems(paid + Stored.Replace("  isLoud: boolean, optional\n", "", StringComparison.Ordinal)));
        Assert.Equal($"Greeted v1 has changed, and may: isLoud is new, and optional. Write it down in shapes.txt:\n{Stored}", compatible);

        var breaking = Assert.Single(Problems(paid + Stored.Replace("  who: text\n", "", StringComparison.Ordinal)));
        Assert.StartsWith("Greeted v1 must not change so: who is new, and what was stored lacks it. Leave v1 as it was, in a folder Past; make this v2, with an upcast from v1,", breaking, StringComparison.Ordinal);
        Assert.EndsWith(Stored.Replace("v1", "v2", StringComparison.Ordinal), breaking, StringComparison.Ordinal);

        var gone = Assert.Single(Problems(paid + Stored + "Wept v1\n  why: text\n"));
        Assert.StartsWith("Wept v1 was stored once and can no longer be read.", gone, StringComparison.Ordinal);

        static IReadOnlyList<string> Problems(string stored) => ShapeGate.Problems(Samples.Contracts, stored, "shapes.txt");
    }

    private static void Is(string degree, string now, string before, string reason)
    {
        Assert.Contains(now, Stored, StringComparison.Ordinal);
        var stored = Assert.Single(Shape.Parse(Stored.Replace(now, before, StringComparison.Ordinal)));
        var change = ShapeChange.Between(stored, Shape.Of(Samples.Contracts, typeof(Greeted)));
        Assert.Equal((degree, reason), (change.Degree.ToString(), Assert.Single(change.Reasons)));
    }
}
