using ServerlessCqrs.Functions.Canary;
using ServerlessCqrs.Functions.Specs.CanaryToLag.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Specs.CanaryToLag;

/// <summary>What the canary writes, waits for and records.</summary>
public sealed class CanaryHandlerSpecs
{
    private readonly Aviary _aviary = new();

    [Fact]
    public async Task The_lag_is_the_time_from_the_write_until_the_read_model_shows_it()
    {
        _aviary.ToDecide = TimeSpan.FromSeconds(2);
        _aviary.ToShow = TimeSpan.FromSeconds(3);

        await _aviary.TickAsync();

        var (lag, isSeen) = Assert.Single(_aviary.Recorded);
        Assert.True(isSeen);
        // The canary reads every fifth of a second.
        Assert.InRange(lag, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.4));
    }

    [Fact]
    public async Task The_first_tick_creates_the_product_and_each_further_one_changes_it()
    {
        for (var tick = 0; tick < 3; tick++)
        {
            await _aviary.TickAsync();
            _aviary.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal([typeof(CreateProduct), typeof(ReviseProductDetails), typeof(ReviseProductDetails)], _aviary.Sent.Select(command => command.Command.GetType()));
        Assert.All(_aviary.Sent, command => Assert.Equal((CanaryProduct.Stream, CanaryProduct.Seller), (command.Stream, command.Actor)));
        Assert.All(_aviary.Sent, command => Assert.Empty(command.Command.Check()));
        Assert.Equal(3, _aviary.Recorded.Count(recorded => recorded.IsSeen));
    }

    [Theory]
    [InlineData(120, 0, "decided")]
    [InlineData(0, 120, "shown by the read model")]
    public async Task What_is_not_seen_in_time_is_recorded_as_having_taken_that_long(int toDecide, int toShow, string missing)
    {
        (_aviary.ToDecide, _aviary.ToShow) = (TimeSpan.FromSeconds(toDecide), TimeSpan.FromSeconds(toShow));

        await _aviary.TickAsync();

        var (lag, isSeen) = Assert.Single(_aviary.Recorded);
        Assert.False(isSeen);
        Assert.InRange(lag, CanaryHandler.Patience, CanaryHandler.Patience + TimeSpan.FromSeconds(1));
        Assert.Contains($"was not {missing} within 30 s", Assert.Single(_aviary.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_write_is_not_taken_for_the_next_one()
    {
        _aviary.ToShow = TimeSpan.FromSeconds(40);
        await _aviary.TickAsync();

        _aviary.ToShow = TimeSpan.FromSeconds(15);
        await _aviary.TickAsync();

        Assert.Equal([false, true], _aviary.Recorded.Select(recorded => recorded.IsSeen));
        Assert.InRange(_aviary.Recorded[1].Lag, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15.4));
    }

    [Fact]
    public async Task A_write_that_is_refused_fails_and_records_nothing()
    {
        await _aviary.PutAsync([_aviary.Another(new Actor("seller-1", ShopRoles.Seller))], TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(_aviary.TickAsync);

        Assert.Contains("not_the_owner", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_aviary.Recorded);
    }

    [Fact]
    public async Task A_write_that_Kinesis_does_not_take_fails_and_records_nothing()
    {
        _aviary.Failure = new IOException("away");

        await Assert.ThrowsAsync<IOException>(_aviary.TickAsync);

        Assert.Empty(_aviary.Recorded);
    }
}
