using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Products;

public sealed class RatingProjectionSpecs
{
    private static readonly RatingProjection Projection = new();

    [Fact]
    public void Only_an_approved_review_counts()
    {
        foreach (var story in new[] { new ReviewStory(1), new ReviewStory(1).Submit(), new ReviewStory(1).Submit().Reject(), new ReviewStory(1).Withdraw() })
            Assert.Equal((story.Version, null, null), Projection.Fold(story.Events) is { } item ? (item.Version, item.Document, item.Adds) : default);
        Assert.Equal(
            $$$"""{"about":"product-{{{Story.IdOf(1)}}}","sums":{"reviews":1,"revision":4,"stars":2}}""",
            Projection.Fold(new ReviewStory(1).Buy().Submit(stars: 2).Approve().Events)!.Adds!.Text);
    }

    [Fact]
    public void The_average_has_two_digits_and_halves_are_rounded_up()
    {
        Assert.Equal(0, ProductRating.None.Average);
        Assert.Equal(4.33m, new ProductRating(13, 3, 1).Average);
        Assert.Equal(2.13m, new ProductRating(17, 8, 1).Average);
    }

    [Fact]
    public void An_unknown_event_fails_loudly()
    {
        Assert.Throws<UnknownContractException>(() => Projection.Apply(null, new ReviewStory(1)[1].Unknown()));
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(null, new Story(1)[1]));
    }
}
