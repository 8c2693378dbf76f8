using Amazon.CloudFront.Model;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Functions.EdgeCache;
using ServerlessCqrs.Functions.Specs.EventsToEdgeCache.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Functions.Specs.EventsToEdgeCache.Given.Edge;

namespace ServerlessCqrs.Functions.Specs.EventsToEdgeCache;

/// <summary>What is invalidated, when, and at what cost.</summary>
public sealed class EdgeInvalidatorSpecs
{
    private readonly Edge _edge = new();

    [Fact]
    public async Task A_product_that_changed_is_invalidated()
    {
        await _edge.ShowAsync(1, 2);

        Assert.Empty(await _edge.DeliverAsync(Changed(1, 2)));

        Assert.Equal([Change(1, 2)], Assert.Single(_edge.Invalidated));
    }

    [Fact]
    public async Task A_batch_is_one_request_with_each_product_once()
    {
        await _edge.ShowAsync(1, 4);
        await _edge.ShowAsync(2, 2);

        Assert.Empty(await _edge.DeliverAsync(Changed(1, 3), Changed(2, 2), Changed(1, 4), Changed(1, 2), Changed(1, 4)));

        Assert.Equal([Change(1, 4), Change(2, 2)], Assert.Single(_edge.Invalidated));
    }

    [Trait("Guarantee", "SNS → EventsToEdgeCache: no invalidation before the read model shows the change")]
    [Fact]
    public async Task Nothing_is_invalidated_before_the_read_model_shows_the_change()
    {
        await _edge.ShowAsync(1, 1);
        _edge.BeforeLook = async look =>
        {
            Assert.Empty(_edge.Invalidated);
            if (look == 3) await _edge.ShowAsync(1, 2);
        };

        Assert.Empty(await _edge.DeliverAsync(Changed(1, 2)));

        Assert.Equal(3, _edge.Looks);
        Assert.Single(_edge.Invalidated);
    }

    [Fact]
    public async Task Change_that_the_read_model_lacks_is_retried_and_the_rest_is_invalidated()
    {
        var start = _edge.Clock.GetUtcNow();
        await _edge.ShowAsync(1, 1);
        await _edge.ShowAsync(2, 7);

        Assert.Equal(["0"], await _edge.DeliverAsync(Changed(1, 2), Changed(2, 7)));

        Assert.Equal([Change(2, 7)], Assert.Single(_edge.Invalidated));
        Assert.InRange(_edge.Clock.GetUtcNow() - start, EdgeInvalidator.Patience - EdgeInvalidator.Look, EdgeInvalidator.Patience);

        await _edge.ShowAsync(1, 2);
        Assert.Empty(await _edge.DeliverAsync(Changed(1, 2)));
        Assert.Equal(2, _edge.Invalidated.Count);
    }

    [Fact]
    public async Task A_deletion_is_a_change_and_a_creation_is_none()
    {
        await _edge.ShowAsync(2, 3);

        Assert.Empty(await _edge.DeliverAsync(Created(1), Deleted(2, 3)));

        Assert.Equal([Change(2, 3)], Assert.Single(_edge.Invalidated));
    }

    [Fact]
    public async Task An_approved_review_changes_its_product_once_the_read_model_counts_it()
    {
        var approved = Approved(1, 3);
        _edge.BeforeLook = async look =>
        {
            Assert.Empty(_edge.Invalidated);
            if (look == 2) await _edge.ShowAsync(approved.Stream, 3);
        };

        Assert.Empty(await _edge.DeliverAsync(Submitted(1, 2), approved));

        Assert.Equal([Change(1, 3) with { Stream = approved.Stream }], Assert.Single(_edge.Invalidated));
        Assert.Equal(2, _edge.Looks);
    }

    [Fact]
    public async Task A_product_and_its_review_are_one_path_of_the_budget()
    {
        await _edge.ShowAsync(1, 2);
        await _edge.ShowAsync(Approved(1, 3).Stream, 3);
        _edge.Budget = 1;

        Assert.Empty(await _edge.DeliverAsync(Changed(1, 2), Approved(1, 3)));

        Assert.Equal(2, Assert.Single(_edge.Invalidated).Count);
        Assert.Empty(_edge.Log.Warnings);
    }

    [Fact]
    public async Task What_changes_nothing_that_the_edge_keeps_costs_nothing()
    {
        Assert.Empty(await _edge.DeliverAsync(Completed(1, 2), Submitted(1, 2)));

        Assert.Empty(_edge.Invalidated);
        Assert.Equal(0, _edge.Looks);
    }

    [Fact]
    public async Task An_event_that_this_code_does_not_know_fails_its_stream_alone()
    {
        await _edge.ShowAsync(2, 2);
        var known = Changed(1, 2);
        var unknown = new EventRecord(ShopContracts.Events, known.Stream, 2, known.EventId, "ProductBlessed", 1, "{}", known.CommandId, known.Actor, known.At);

        Assert.Equal(["0"], await _edge.DeliverAsync(unknown, Changed(2, 2)));

        Assert.Equal([Change(2, 2)], Assert.Single(_edge.Invalidated));
    }

    [Fact]
    public async Task Hints_and_other_streams_invalidate_nothing()
    {
        await _edge.ShowAsync(1, 9);
        var watch = EventRecord.Of(ShopContracts.Events,
            WatchStreams.IdOf(Guid.NewGuid(), "anna"), 2, new PriceUnwatched(Guid.NewGuid(), "anna"), Guid.NewGuid(), 0, new Actor("anna", ShopRoles.Customer), DateTimeOffset.UnixEpoch);

        Assert.Empty(await _edge.DeliverAsync(1, EventMessage.Write([], [new StreamHint(Product(1), 9, Rebuild: true), new StreamHint(Product(1), 9)]), EventMessage.Write([watch], [])));

        Assert.Empty(_edge.Invalidated);
        Assert.Equal(0, _edge.Looks);
    }

    [Fact]
    public async Task The_canary_costs_no_invalidation()
    {
        var written = EventRecord.Of(ShopContracts.Events, CanaryProduct.Stream, 2, new ProductDetailsRevised(null, "Written.", null, null), Guid.NewGuid(), 0, CanaryProduct.Seller, DateTimeOffset.UnixEpoch);

        Assert.Empty(await _edge.DeliverAsync(written));

        Assert.Empty(_edge.Invalidated);
        Assert.Equal(0, _edge.Looks);
    }

    [Fact]
    public async Task Past_the_budget_nothing_is_invalidated_and_the_messages_are_done()
    {
        for (var product = 1; product <= 3; product++) await _edge.ShowAsync(product, 2);
        _edge.Budget = 2;

        Assert.Empty(await _edge.DeliverAsync(Changed(1, 2), Changed(2, 2), Changed(3, 2)));
        Assert.Equal([Product(1), Product(2)], Assert.Single(_edge.Invalidated).Select(change => change.Stream));
        Assert.Single(_edge.Log.Warnings);

        Assert.Empty(await _edge.DeliverAsync(Changed(3, 2)));
        Assert.Single(_edge.Invalidated);
    }

    [Fact]
    public async Task What_CloudFront_does_not_take_comes_again_and_ends_as_a_dead_letter()
    {
        await _edge.ShowAsync(1, 2);
        _edge.Failure = new TooManyInvalidationsInProgressException("3,000 paths are in progress.");

        Assert.Equal(["0"], await _edge.DeliverAsync(1, EventMessage.Write([Changed(1, 2), Created(2)], [])));
        Assert.Empty(await _edge.DeliverAsync(5, EventMessage.Write([Changed(1, 2), Created(2)], [])));

        var letter = Assert.Single(_edge.Letters.Put);
        Assert.Equal((Product(1), _edge.Failure), (letter.Stream, letter.Reason));
    }
}
