using CsCheck;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs;

public sealed class ContributionSpecs
{
    private static readonly StreamId[] Abouts = [StreamId.Of("customer", "a"), StreamId.Of("customer", "b")];

    private static readonly Gen<Contribution?> Contributions = Gen.Select(Gen.Int[0, 2], Gen.Int[-3, 3], Gen.Decimal[-9, 9]).Select((about, count, amount) => about == 2
        ? null
        : new Contribution(Abouts[about], new Dictionary<string, decimal> { ["count"] = count, ["amount"] = decimal.Round(amount, 2) }));

    [Fact]
    public void Equal_contributions_have_one_text_however_their_numbers_were_written()
    {
        var one = new Contribution(Abouts[0], new Dictionary<string, decimal> { ["b"] = 80.00m, ["a"] = 1, ["none"] = 0.0m }, "2026");
        var other = new Contribution(Abouts[0], new Dictionary<string, decimal> { ["none"] = 0, ["a"] = 1.0m, ["b"] = 80 }, "2026");

        Assert.Equal("""{"about":"customer-a","sums":{"a":1,"b":80,"none":0},"latest":"2026"}""", one.Text);
        Assert.Equal(one, other);
        Assert.Equal(one, Contribution.Parse(one.Text));
        Assert.NotEqual(one, one with { Latest = "2027" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"about":"nobody","sums":{}}""")]
    [InlineData("""{"about":"customer-a","sums":{"a":"1"}}""")]
    public void What_is_no_contribution_is_refused(string text) => Assert.Throws<FormatException>(() => Contribution.Parse(text));

    [Fact]
    public void Adding_the_difference_to_what_was_added_is_what_shall_have_been_added() => Gen.Select(Contributions, Contributions).Sample((before, after) =>
    {
        var sums = Abouts.ToDictionary(about => about, about => before?.About == about ? before : Nothing(about));
        foreach (var difference in Contribution.Difference(before, after))
        {
            sums[difference.About] = sums[difference.About].Plus(difference);
        }

        foreach (var about in Abouts) Assert.Equal((after?.About == about ? after : Nothing(about)).Significant, sums[about].Significant);
    });

    [Fact]
    public void Named_sum_is_there_at_0_and_no_change_is_no_difference()
    {
        var one = new Contribution(Abouts[0], new Dictionary<string, decimal> { ["count"] = 1 });
        var named = one with { Sums = new Dictionary<string, decimal> { ["count"] = 1, ["amount"] = 0 } };

        Assert.Equal("""{"about":"customer-a","sums":{"amount":0}}""", Assert.Single(Contribution.Difference(one, named)).Text);
        Assert.Empty(Contribution.Difference(named, named));
    }

    [Fact]
    public void A_latest_is_passed_on_only_where_it_changes()
    {
        var one = new Contribution(Abouts[0], new Dictionary<string, decimal> { ["count"] = 1 }, "2026");

        Assert.Empty(Contribution.Difference(one, one));
        Assert.Null(Assert.Single(Contribution.Difference(one, one with { Sums = new Dictionary<string, decimal> { ["count"] = 2 } })).Latest);
        Assert.Equal("2027", Assert.Single(Contribution.Difference(one, one with { Latest = "2027" })).Latest);
    }

    private static Contribution Nothing(StreamId about) => new(about, new Dictionary<string, decimal>());
}
