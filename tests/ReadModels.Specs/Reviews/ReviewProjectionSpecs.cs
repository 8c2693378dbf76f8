using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Reviews;

public sealed class ReviewProjectionSpecs
{
    private static readonly ReviewProjection Projection = new();

    [Fact]
    public void A_review_is_pinned_as_it_is_stored() => Assert.Equal(
        $$"""
        {"id":"{{new ReviewStory(1).Id}}","productId":"{{Story.IdOf(1)}}","customer":"customer-1","seller":"seller-1","review":{"stars":2,"title":{"person":"customer-1","text":"title-1"},"text":{"person":"customer-1","text":"text-1"},"status":"rejected","submittedAt":"2026-01-02T03:04:06.01+00:00","decidedAt":"2026-01-02T03:04:06.02+00:00","reason":"off topic"},"version":3,"updatedAt":"2026-01-02T03:04:06.02+00:00"}
        """,
        JsonSerializer.Serialize(DocumentOf(new ReviewStory(1).Submit(stars: 2).Reject()), ReviewJson.Default.ReviewDocument));

    [Fact]
    public void What_was_bought_is_no_review_yet()
    {
        Assert.Null(DocumentOf(new ReviewStory(1).Buy().Withdraw()).Review);
        Assert.Equal(ReviewStatus.Pending, DocumentOf(new ReviewStory(1).Submit()).Review!.Status);
        Assert.Equal(ReviewStatus.Approved, DocumentOf(new ReviewStory(1).Submit().Approve()).Review!.Status);
    }

    [Fact]
    public void A_purchase_may_be_withdrawn_before_it_is_told()
    {
        var withdrawn = new ReviewStory(1).Withdraw()[2];
        var first = EventRecord.Of(ShopContracts.Events, withdrawn.Stream, 1, withdrawn.Event, withdrawn.CommandId, 0, withdrawn.Actor, withdrawn.At);

        Assert.Equal((null, "customer-1"), Projection.Fold([first])!.Document is { } document ? (document.Seller, document.Customer) : default);
    }

    [Fact]
    public void An_unknown_event_fails_loudly()
    {
        Assert.Throws<UnknownContractException>(() => Projection.Apply(null, new ReviewStory(1)[1].Unknown()));
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(null, new Story(1)[1]));
        Assert.Throws<InvalidOperationException>(() => Projection.Apply(DocumentOf(new ReviewStory(1)), new ReviewStory(1).Submit().Approve()[3]));
    }

    private static ReviewDocument DocumentOf(ReviewStory story) => Projection.Fold(story.Events)!.Document!;
}
