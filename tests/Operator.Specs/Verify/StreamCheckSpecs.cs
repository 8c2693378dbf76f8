using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Operating.Verify.Differences;

namespace ServerlessCqrs.Operator.Specs.Verify;

/// <summary>
/// Damages what the real write path wrote, in every way. Each damage is found and named, and nothing else is.
/// </summary>
public sealed class StreamCheckSpecs
{
    private static readonly StreamId Product = InMemoryShop.Product();

    private readonly InMemoryShop _shop = new();

    [Fact]
    public async Task What_the_write_path_wrote_is_clean()
    {
        var evidence = await LifeAsync();

        Assert.Empty(StreamCheck.Of(ShopDomain.Instance, evidence));
        Assert.Equal((4, 5), (evidence.Events.Count, evidence.Outcomes.Count));
    }

    [Fact]
    public async Task A_deleted_product_is_clean_with_its_tombstone_and_not_without()
    {
        await LifeAsync();
        await _shop.DoAsync(Product, new DeleteProduct("sold out"));
        var evidence = await EvidenceAsync();

        Assert.Contains("\"document\":null", ItemOf(evidence).Text, StringComparison.Ordinal);
        Assert.Empty(StreamCheck.Of(ShopDomain.Instance, evidence));
        Finds([ItemMissing], WithItem(evidence, null));
    }

    [Fact]
    public async Task A_stream_whose_commands_were_all_refused_has_no_item_and_is_clean()
    {
        await _shop.DoAsync(Product, new DeleteProduct("never was"));

        Assert.Empty(StreamCheck.Of(ShopDomain.Instance, await EvidenceAsync()));
    }

    [Fact]
    public async Task A_newest_commit_that_only_the_tip_has_is_clean()
    {
        var evidence = await LifeAsync();
        evidence = evidence with { LoggedEvents = [.. evidence.LoggedEvents.SkipLast(1)], LoggedOutcomes = [.. evidence.LoggedOutcomes.Where(outcome => outcome.CommandId != evidence.Events[^1].CommandId)] };

        Assert.Empty(StreamCheck.Of(ShopDomain.Instance, evidence));
        Assert.Equal(1, evidence.NotLoggedYet);
    }

    [Fact]
    public async Task Two_events_of_one_version_are_found() =>
        await DamagedAsync([EventContradicted], e => e with { LoggedEvents = [.. e.LoggedEvents, e.LoggedEvents[1] with { Data = """{"old":{"amount":1,"currency":"USD"},"new":{"amount":2,"currency":"USD"}}""" }] });

    [Fact]
    public async Task A_missing_version_is_found_and_so_is_the_outcome_whose_event_it_was() =>
        await DamagedAsync([VersionGap, OutcomeWithoutEvents], e => e with { LoggedEvents = [.. e.LoggedEvents.Where(logged => logged.Version != 2)] });

    [Fact]
    public async Task An_event_with_the_id_of_another_is_found() =>
        await DamagedAsync([EventIdWrong], e => WithEvent(e, 1, second => second with { EventId = e.LoggedEvents[0].EventId }));

    [Fact]
    public async Task Time_that_runs_backwards_is_found() =>
        await DamagedAsync([TimeBackwards, SnapshotDiffers], e => WithEvent(e, 1, second => second with { At = second.At.AddHours(-1) }));

    [Fact]
    public async Task An_event_whose_command_has_no_outcome_is_found() =>
        await DamagedAsync([EventWithoutOutcome, OutcomeLost], e => e with { LoggedOutcomes = [.. e.LoggedOutcomes.Where(outcome => outcome.CommandId != e.LoggedEvents[1].CommandId)] });

    [Fact]
    public async Task An_event_whose_command_was_refused_is_found() =>
        await DamagedAsync([EventWithoutOutcome, OutcomeLost], e => WithOutcomeOfSecond(e, outcome => outcome with { Status = CommandStatus.Refused, Code = "not_the_owner", Events = [] }));

    [Fact]
    public async Task Two_outcomes_of_one_command_are_found() =>
        await DamagedAsync([OutcomeContradicted], e => e with { LoggedOutcomes = [.. e.LoggedOutcomes, e.LoggedOutcomes[1] with { Reason = "another" }] });

    [Fact]
    public async Task An_outcome_that_names_other_events_is_found() =>
        await DamagedAsync([OutcomeWithoutEvents], e => WithOutcomeOfSecond(e, outcome => outcome with { Events = ["InventoryAdjusted"] }));

    [Fact]
    public async Task A_key_that_two_requests_took_is_found() =>
        await DamagedAsync([KeyTakenTwice], e => e with { LoggedOutcomes = [.. e.LoggedOutcomes.Select(outcome => e.Tip!.Newest.Outcomes[0].CommandId == outcome.CommandId ? outcome : outcome with { KeyId = Product == outcome.Stream ? Guid.AllBitsSet : null })] });

    [Fact]
    public async Task A_missing_tip_is_found() => await DamagedAsync([TipMissing], e => e with { Tip = null });

    [Fact]
    public async Task A_tip_at_another_version_is_found() =>
        await DamagedAsync([TipVersion], e => e with { Tip = e.Tip! with { Version = 3, Newest = new Commit([], []) } });

    [Fact]
    public async Task A_tip_in_another_state_is_found_with_the_path()
    {
        var evidence = await LifeAsync();

        var difference = Assert.Single(StreamCheck.Of(ShopDomain.Instance, evidence with { Tip = evidence.Tip! with { State = evidence.Tip.State.Replace("\"quantity\":47", "\"quantity\":48", StringComparison.Ordinal) } }));

        Assert.Equal((TipState, "$.quantity: tip 48, fold 47"), (difference.Kind, difference.Text));
    }

    [Fact]
    public async Task A_tip_state_of_another_shape_is_not_compared() =>
        await DamagedAsync([], e => e with { Tip = e.Tip! with { StateShape = 99, State = "{}" } });

    [Fact]
    public async Task An_event_that_cannot_follow_is_found() =>
        await DamagedAsync([FoldFailed, OutcomeWithoutEvents], e => WithEvent(e, 1, second => second with { Type = e.LoggedEvents[0].Type, Data = e.LoggedEvents[0].Data }));

    [Fact]
    public async Task A_missing_item_is_found() => await DamagedAsync([ItemMissing], e => WithItem(e, null));

    [Fact]
    public async Task An_item_without_a_stream_is_found() =>
        await DamagedAsync([ItemWithoutStream, SnapshotDiffers], e => e with { LoggedEvents = [], LoggedOutcomes = [], Tip = null });

    [Fact]
    public async Task An_item_that_is_behind_is_found() => await DamagedAsync([ItemVersion], e => WithItem(e, ItemOf(e) with { Version = 3 }));

    [Fact]
    public async Task An_item_that_is_not_the_fold_is_found_with_the_path()
    {
        var evidence = await LifeAsync();
        var item = ItemOf(evidence);

        var difference = Assert.Single(StreamCheck.Of(ShopDomain.Instance, WithItem(evidence, item with { Text = item.Text.Replace("\"currentPrice\":70", "\"currentPrice\":1", StringComparison.Ordinal) })));

        Assert.Equal((ItemDiffers, "products-v1: $.document.pricing.currentPrice: item 1, fold 70"), (difference.Kind, difference.Text));
    }

    [Fact]
    public async Task A_snapshot_that_is_not_the_fold_is_found_with_its_version_and_the_path()
    {
        var difference = Assert.Single(StreamCheck.Of(ShopDomain.Instance, WithSnapshot(await LifeAsync(), snapshot => snapshot with { Document = snapshot.Document!.Replace("\"currentPrice\":80", "\"currentPrice\":1", StringComparison.Ordinal) })));

        Assert.Equal((SnapshotDiffers, "products-v1: version 2: $.pricing.currentPrice: snapshot 1, fold 80"), (difference.Kind, difference.Text));
    }

    [Fact]
    public async Task A_snapshot_of_another_time_than_its_event_is_found() =>
        await DamagedAsync([SnapshotDiffers], e => WithSnapshot(e, snapshot => snapshot with { At = snapshot.At.AddMilliseconds(1) }));

    [Fact]
    public async Task A_snapshot_of_a_version_that_never_was_is_found() => await DamagedAsync([SnapshotDiffers], e => WithSnapshot(e, snapshot => snapshot with { Version = 6 }));

    [Fact]
    public async Task A_snapshot_that_is_missing_is_no_difference()
    {
        var evidence = await LifeAsync();

        Assert.Empty(StreamCheck.Of(ShopDomain.Instance, evidence with { Items = [.. evidence.Items.Select(item => item with { Snapshots = [] })] }));
    }

    /// <summary>
    /// A creation, two price changes of which the first is at version 2, one refused command, and a stock change.
    /// </summary>
    private async Task<StreamEvidence> LifeAsync()
    {
        await _shop.DoAsync(Product, InMemoryShop.Create());
        await _shop.DoAsync(Product, new UpdateProductPrice(new Money(80, "USD")));
        await _shop.DoAsync(Product, new UpdateProductPrice(new Money(1, "USD")));
        await _shop.DoAsync(Product, new UpdateProductPrice(new Money(70, "USD")));
        await _shop.DoAsync(Product, new AdjustInventory(-3, "damaged"));
        return await EvidenceAsync();
    }

    private async Task<StreamEvidence> EvidenceAsync() => new(
        Product,
        await _shop.Log.ReadAllAsync(null, CancellationToken.None).ToListAsync(),
        await _shop.Log.ReadOutcomesAsync(CancellationToken.None).ToListAsync(),
        await _shop.Tips.FindAsync(Product, CancellationToken.None),
        [.. await Task.WhenAll((await _shop.Live.NowAsync(CancellationToken.None)).Of(Product.Category).Select(async one => new ItemEvidence(
            one.Model.Name,
            one.Follower,
            (await one.Follower.LoadAsync([Product], CancellationToken.None)).GetValueOrDefault(Product),
            await one.Follower.LoadSnapshotsAsync([Product], CancellationToken.None))))]);

    private static ItemText ItemOf(StreamEvidence evidence) => evidence.Items.Single(found => found.Model == ShopReadModels.ProductsV1).Item!;

    /// <summary>Replaces the item in one of the read models, and keeps the others.</summary>
    private static StreamEvidence WithItem(StreamEvidence evidence, ItemText? item) =>
        evidence with { Items = [.. evidence.Items.Select(found => found.Model == ShopReadModels.ProductsV1 ? found with { Item = item } : found)] };

    /// <summary>Replaces the first snapshot.</summary>
    private static StreamEvidence WithSnapshot(StreamEvidence evidence, Func<Snapshot, Snapshot> change) =>
        evidence with { Items = [.. evidence.Items.Select(found => found.Model == ShopReadModels.ProductsV1 ? found with { Snapshots = [change(found.Snapshots[0])] } : found)] };

    private async Task DamagedAsync(string[] kinds, Func<StreamEvidence, StreamEvidence> damage) => Finds(kinds, damage(await LifeAsync()));

    private static void Finds(string[] kinds, StreamEvidence evidence) =>
        Assert.Equal(kinds.Order(), StreamCheck.Of(ShopDomain.Instance, evidence).Select(difference => difference.Kind).Distinct().Order());

    private static StreamEvidence WithEvent(StreamEvidence evidence, int index, Func<EventRecord, EventRecord> change) =>
        evidence with { LoggedEvents = [.. evidence.LoggedEvents.Select((e, i) => i == index ? Unread(change(e)) : e)] };

    // A copy made with `with` keeps the event that was read from the original's data.
    private static EventRecord Unread(EventRecord e) => new(e.Contracts, e.Stream, e.Version, e.EventId, e.Type, e.TypeVersion, e.Data, e.CommandId, e.Actor, e.At);

    private static StreamEvidence WithOutcomeOfSecond(StreamEvidence evidence, Func<CommandOutcome, CommandOutcome> change) =>
        evidence with { LoggedOutcomes = [.. evidence.LoggedOutcomes.Select(outcome => outcome.CommandId == evidence.LoggedEvents[1].CommandId ? change(outcome) : outcome)] };
}
