using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Reviews;

/// <summary>The guarantees of every store of reviews.</summary>
public abstract class ReviewsSpecs
{
    private static readonly ReviewProjection Projection = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_approved_reviews_of_a_product_come_last_approved_first_page_by_page()
    {
        var (items, lists) = await OpenAsync();
        ReviewStory[] approved = [.. Enumerable.Range(1, 9).Select(number => new ReviewStory(number).Submit().Approve())];
        await items.SaveAsync(Projection, approved);
        await items.SaveAsync(Projection, new ReviewStory(20).Submit(), new ReviewStory(21).Submit().Reject(), new ReviewStory(22), new ReviewStory(23, product: 2).Submit().Approve());

        foreach (var limit in new[] { 1, 4, 100 })
            Assert.Equal(approved.Reverse().Select(review => review.Id), (await ApprovedAsync(lists, 1, limit)).Select(review => review.Id));
        Assert.Single(await ApprovedAsync(lists, 2, 10));
        Assert.Empty(await ApprovedAsync(lists, 3, 10));
    }

    [Fact]
    public async Task Pending_reviews_come_oldest_first_and_leave_once_decided()
    {
        var (items, lists) = await OpenAsync();
        var (first, second, third) = (new ReviewStory(1).Submit(), new ReviewStory(2).Submit(), new ReviewStory(3).Submit());
        await items.SaveAsync(Projection, third, first, second);
        Assert.Equal([first.Id, second.Id, third.Id], (await PendingAsync(lists, 2)).Select(review => review.Id));

        await items.SaveAsync(Projection, first.Approve(), third.Reject());

        Assert.Equal([second.Id], (await PendingAsync(lists, 2)).Select(review => review.Id));
        Assert.Equal([first.Id], (await ApprovedAsync(lists, 1, 10)).Select(review => review.Id));
        Assert.Empty((await lists.PendingAsync(Story.IdOf(2), 10, null, Ct)).Reviews);
    }

    [Fact]
    public async Task A_review_comes_as_it_is_its_words_sealed()
    {
        var (items, lists) = await OpenAsync();
        var story = new ReviewStory(7).Submit(stars: 2).Approve();
        await items.SaveAsync(Projection, story);

        Assert.Equal(Projection.Fold(story.Events)!.Document, Assert.Single(await ApprovedAsync(lists, 1, 10)));
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var (items, lists) = await OpenAsync();
        await items.SaveAsync(Projection, new ReviewStory(1).Submit().Approve(), new ReviewStory(2).Submit().Approve());
        var cursor = (await lists.ApprovedAsync(Story.IdOf(1), 1, null, Ct)).Next;

        await Assert.ThrowsAsync<InvalidCursorException>(() => lists.ApprovedAsync(Story.IdOf(2), 1, cursor, Ct));
        await Assert.ThrowsAsync<InvalidCursorException>(() => lists.PendingAsync(Story.IdOf(1), 1, cursor, Ct));
        await Assert.ThrowsAsync<InvalidCursorException>(() => lists.PendingAsync(Story.IdOf(1), 1, "nonsense", Ct));
    }

    /// <summary>Opens empty stores for each test.</summary>
    protected abstract Task<(IReadModel<ReviewDocument> Items, IReviewQueries Lists)> OpenAsync();

    private static Task<IReadOnlyList<ReviewDocument>> ApprovedAsync(IReviewQueries lists, int product, int limit) =>
        Saving.AllPagesAsync(async cursor => await lists.ApprovedAsync(Story.IdOf(product), limit, cursor, Ct) is var page ? (page.Reviews, page.Next) : default, limit);

    private static Task<IReadOnlyList<ReviewDocument>> PendingAsync(IReviewQueries lists, int limit) =>
        Saving.AllPagesAsync(async cursor => await lists.PendingAsync(Story.IdOf(1), limit, cursor, Ct) is var page ? (page.Reviews, page.Next) : default, limit);
}

public sealed class InMemoryReviewsSpecs : ReviewsSpecs
{
    protected override Task<(IReadModel<ReviewDocument> Items, IReviewQueries Lists)> OpenAsync()
    {
        var reviews = new InMemoryReadModel<ReviewDocument>();
        return Task.FromResult<(IReadModel<ReviewDocument>, IReviewQueries)>((reviews, new ReviewQueries(reviews)));
    }
}

public sealed class DynamoReviewsV1Specs(DynamoFixture dynamo) : ReviewsSpecs
{
    protected override async Task<(IReadModel<ReviewDocument> Items, IReviewQueries Lists)> OpenAsync()
    {
        var reviews = new DynamoReadModel<ReviewDocument>(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.ReviewsV1, Ct), ShopReadModels.ReviewDocuments);
        return (reviews, new ReviewQueries(reviews));
    }
}
