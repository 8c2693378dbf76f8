using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Writing;

public sealed class CommandProcessorSpecs
{
    private readonly Shard _shard = new();

    [Fact]
    public async Task Batch_on_one_stream_is_decided_in_order_and_shipped_once()
    {
        var product = Shard.Product();
        var batch = _shard.Put(_shard.Create(product), _shard.Price(product, 80), _shard.Price(product, 60));

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default));

        Assert.Equal((1, 1, 1, 0), (_shard.Tips.Loads, _shard.Tips.Commits, _shard.Log.Appends, _shard.Log.Lookups));
        Assert.Equal(["ProductCreated", "ProductPriceUpdated", "ProductPriceUpdated"], (await _shard.HistoryAsync(product)).Select(e => e.Type));
        Assert.Equal([1L, 2, 3], _shard.Publisher.Published.Select(e => e.Version));
    }

    [Fact]
    public async Task Many_streams_cost_one_load_and_one_insert()
    {
        var process = _shard.NewProcess();
        var products = Enumerable.Range(1, 100).Select(Shard.Product).ToList();
        await process.ProcessAsync(Shard.Source, _shard.Put(products.Select(product => _shard.Create(product))), default);
        await process.ProcessAsync(Shard.Source, _shard.Put(products.Select(product => _shard.Price(product, 90))), default);

        Assert.Equal((2, 200, 2), (_shard.Tips.Loads, _shard.Tips.Commits, _shard.Log.Appends));
    }

    [Fact]
    public async Task A_refusal_and_an_unchanged_stream_leave_an_outcome_and_no_event()
    {
        var product = Shard.Product();
        var tooDeep = _shard.Price(product, 10);
        var same = _shard.Price(product, 100);
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), tooDeep, same), default);

        var refused = await _shard.OutcomeAsync(tooDeep);
        Assert.Equal((CommandStatus.Refused, "price_cut_too_deep", 1L), (refused.Status, refused.Code, refused.Version));
        Assert.NotNull(refused.CommandData);
        Assert.Equal(CommandStatus.Unchanged, (await _shard.OutcomeAsync(same)).Status);
        Assert.Single(await _shard.HistoryAsync(product));
    }

    [Trait("Guarantee", "Kinesis → CommandsToEvents: a repeated batch is not decided again")]
    [Fact]
    public async Task Repeated_batch_is_shipped_again_and_not_decided_again()
    {
        var product = Shard.Product();
        var batch = _shard.Put(_shard.Create(product), _shard.Price(product, 80));
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);

        Assert.Equal(1, _shard.Tips.Commits);
        Assert.Equal([1L, 2, 1, 2], _shard.Publisher.Published.Select(e => e.Version));
        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
    }

    [Fact]
    public async Task What_was_committed_before_a_crash_is_appended_and_published_by_the_next_process()
    {
        var product = Shard.Product();
        var create = _shard.Create(product);
        var batch = _shard.Put(create);
        _shard.Log.FailsBeforeStoring = true;
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, batch, default));
        _shard.Log.FailsBeforeStoring = false;

        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);

        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(create)).Status);
        Assert.Equal(1, _shard.Tips.Commits);
        Assert.Equal([1L], _shard.Publisher.Published.Select(e => e.Version));
    }

    [Trait("Guarantee", "CommandsToEvents → ClickHouse: ClickHouse gets every commit, whichever process crashes")]
    [Fact]
    public async Task Commit_that_was_not_seen_in_the_log_is_stored_before_it_is_overwritten()
    {
        var product = Shard.Product();
        var create = _shard.Create(product);
        _shard.Log.FailsBeforeStoring = true;
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(create), default));
        _shard.Log.FailsBeforeStoring = false;

        // The record itself is never delivered again, so only the tip can save it.
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Price(product, 80)), default);

        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(create)).Status);
        Assert.Equal([1L, 2], (await _shard.HistoryAsync(product)).Select(e => e.Version));
    }

    [Trait("Guarantee", "ClickHouse → SNS: every commit is published, whichever process crashes")]
    [Fact]
    public async Task Events_are_published_again_though_a_later_commit_overwrote_them()
    {
        var product = Shard.Product();
        var first = _shard.Put(_shard.Create(product));
        var second = _shard.Put(_shard.Price(product, 80));
        _shard.Publisher.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, first, default));
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, [.. first, .. second], default));
        _shard.Publisher.Fails = false;

        await _shard.NewProcess().ProcessAsync(Shard.Source, [.. first, .. second], default);

        Assert.Equal([1L, 2], _shard.Publisher.Published.Select(e => e.Version));
    }

    [Fact]
    public async Task An_insert_whose_answer_was_lost_is_repeated_without_a_trace()
    {
        var product = Shard.Product();
        var batch = _shard.Put(_shard.Create(product), _shard.Price(product, 80));
        _shard.Log.FailsAfterStoring = true;
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, batch, default));
        _shard.Log.FailsAfterStoring = false;
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);

        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
    }

    [Trait("Guarantee", "Kinesis → CommandsToEvents: a second consumer of a shard changes nothing")]
    [Fact]
    public async Task Second_consumer_fails_at_the_commit_and_leaves_nothing_behind()
    {
        var product = Shard.Product();
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product)), default);
        var batch = _shard.Put(_shard.Price(product, 80));
        _shard.Tips.BeforeCommit = () => _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);

        await Assert.ThrowsAsync<StaleTipException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, batch, default));

        Assert.Equal([1L, 2], (await _shard.HistoryAsync(product)).Select(e => e.Version));
        Assert.Equal([1L, 2], _shard.Publisher.Published.Select(e => e.Version));
    }

    [Fact]
    public async Task A_command_that_comes_twice_as_two_records_acts_once()
    {
        var product = Shard.Product();
        var stock = _shard.Command(product, new Shop.Products.AdjustInventory(-3, "damaged"));
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), stock, stock), default);
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(stock), default);

        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repeated_command_is_known_by_the_ring_alone_once_other_commits_followed_it(bool withKey)
    {
        var product = Shard.Product();
        var stock = _shard.Command(product, new Shop.Products.AdjustInventory(-3, "damaged"), withKey ? Guid.NewGuid() : null);
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), stock), default);
        for (var i = 1; i <= 3; i++) await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Price(product, 100 + i)), default);

        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(stock), default);

        Assert.Equal(5, (await _shard.HistoryAsync(product)).Count);
        Assert.Equal(0, _shard.Log.Lookups);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task A_key_stays_taken_when_other_commits_followed(int commits)
    {
        var product = Shard.Product();
        var key = Guid.NewGuid();
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), _shard.Price(product, 80, key)), default);
        for (var i = 1; i <= commits; i++) await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Price(product, 100 + i)), default);

        var other = _shard.Price(product, 70, key);
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(other), default);

        Assert.Equal("idempotency_key_reused", (await _shard.OutcomeAsync(other)).Code);
        Assert.Equal(2 + commits, (await _shard.HistoryAsync(product)).Count);
    }

    [Trait("Guarantee", "Kinesis → CommandsToEvents: a repeated command acts once, however late it comes")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Repeated_command_is_known_after_the_ring_has_forgotten_it(bool withKey)
    {
        var product = Shard.Product();
        var stock = _shard.Command(product, new Shop.Products.AdjustInventory(-3, "damaged"), withKey ? Guid.NewGuid() : null);
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), stock), default);
        for (var i = 1; i <= 30; i++) await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Price(product, 100 + i)), default);

        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(stock with { At = withKey ? stock.At.AddMinutes(1) : stock.At }), default);

        Assert.Equal(32, (await _shard.HistoryAsync(product)).Count);
        Assert.Equal(1, _shard.Log.Lookups);
    }

    [Fact]
    public async Task Answer_of_the_process_carries_its_events_time_and_is_known_when_repeated()
    {
        var (product, order) = (Shard.Product(), Shop.Orders.OrderStreams.IdOf(new Guid(7, 7, 7, new byte[8])));
        // The event is older than everything that happened to the product since, and so is the command that answers it.
        var cancelled = EventRecord.Of(ShopContracts.Events, order, 3, new Shop.Orders.OrderCancelled("eve", [new(new Guid(1, 0, 0, new byte[8]), 2)], "changed my mind", WasConfirmed: true, Shard.Noon), Guid.NewGuid(), 0, Shard.Seller, Shard.Noon.AddHours(-1));
        var (target, command) = Shop.Orders.OrderProcess.React(order, cancelled.Event)[0];
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), CommandRecord.Answer(OrderProcess.Manager, cancelled, target, command, cancelled.At)), default);
        for (var i = 1; i <= 30; i++) await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Price(product, 100 + i)), default);

        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(CommandRecord.Answer(OrderProcess.Manager, cancelled, target, command, cancelled.At)), default);

        Assert.Single(await _shard.HistoryAsync(product), e => e.Event is Shop.Products.StockReturned);
    }

    [Fact]
    public async Task A_key_that_another_request_took_is_refused_and_stays_with_the_first()
    {
        var product = Shard.Product();
        var key = Guid.NewGuid();
        var (first, other) = (_shard.Price(product, 80, key), _shard.Price(product, 70, key));
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), first, other, first, other), default);

        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(first)).Status);
        Assert.Equal("idempotency_key_reused", (await _shard.OutcomeAsync(other)).Code);
        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
    }

    [Fact]
    public async Task A_command_for_another_version_is_refused()
    {
        var product = Shard.Product();
        var (right, stale) = (_shard.Price(product, 80, ifMatch: 1), _shard.Price(product, 70, ifMatch: 1));
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), right, stale), default);

        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(right)).Status);
        Assert.Equal("version_mismatch", (await _shard.OutcomeAsync(stale)).Code);
    }

    [Fact]
    public async Task Five_thousand_commands_on_one_stream_are_committed_in_rounds_without_a_gap()
    {
        var product = Shard.Product();
        var commands = Enumerable.Range(0, 5000).Select(i => _shard.Price(product, 100 + (i % 40))).Prepend(_shard.Create(product, 90));
        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(commands), default));

        var history = await _shard.HistoryAsync(product);
        Assert.Equal(5001, history.Count);
        Assert.Equal(Enumerable.Range(1, 5001).Select(i => (long)i), _shard.Publisher.Published.Select(e => e.Version));
        Assert.InRange(_shard.Tips.Commits, 10, 60);
        Assert.Equal(_shard.Tips.Commits, _shard.Log.Appends);
    }

    [Fact]
    public async Task A_crash_between_rounds_loses_nothing_and_doubles_nothing()
    {
        var product = Shard.Product();
        var batch = _shard.Put(Enumerable.Range(0, 1000).Select(i => _shard.Price(product, 100 + (i % 40))).Prepend(_shard.Create(product, 90)));
        _shard.Tips.BeforeCommit = () =>
        {
            _shard.Tips.BeforeCommit = () => throw new IOException("Killed.");
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, batch, default));

        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);

        Assert.Equal(Enumerable.Range(1, 1001).Select(i => (long)i), (await _shard.HistoryAsync(product)).Select(e => e.Version));
    }

    [Trait("Guarantee", "Kinesis → CommandsToEvents: bad data never stops a shard")]
    [Fact]
    public async Task Unreadable_record_is_refused_on_record_and_the_rest_goes_on()
    {
        var product = Shard.Product();
        var garbage = _shard.Raw("anything", "not json"u8.ToArray());
        var wrongData = _shard.Raw(product.ToString(), Encoding.UTF8.GetBytes($$"""
            {"id":"{{Guid.NewGuid()}}","stream":"{{product}}","type":"UpdateProductPrice","typeVersion":1,"data":{"price":"cheap"},"actor":"seller-1","role":"seller","at":1}
            """));
        var batch = _shard.Put(_shard.Create(product)).Append(garbage).Append(wrongData).Concat(_shard.Put(_shard.Price(product, 80))).ToList();

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default));
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);

        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
        var outcomes = await _shard.Stored.ReadOutcomesAsync(default).ToListAsync();
        Assert.Equal(2, outcomes.Count(outcome => outcome.Code == "malformed"));
        Assert.Equal(4, outcomes.Count);
    }

    [Fact]
    public async Task A_decision_that_throws_is_refused_and_the_shard_goes_on()
    {
        var product = Shard.Product();
        _shard.Domain = ShopDomain.Instance.WithDeciders(decider => new FailingOn(new Money(77, "USD"), decider));
        var poison = _shard.Price(product, 77);
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), poison, _shard.Price(product, 80)), default);

        Assert.Equal("internal_error", (await _shard.OutcomeAsync(poison)).Code);
        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
    }

    [Fact]
    public async Task A_state_of_another_shape_is_folded_anew_from_history()
    {
        var product = Shard.Product();
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product), _shard.Price(product, 60)), default);
        _shard.Domain = ShopDomain.Instance.WithDeciders(decider => new FailingOn(null, decider) { StateShape = decider.StateShape + 1 });
        var deep = _shard.Price(product, 29);
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(deep, _shard.Price(product, 30)), default);

        Assert.Equal("price_cut_too_deep", (await _shard.OutcomeAsync(deep)).Code);
        Assert.Equal(3, (await _shard.HistoryAsync(product)).Count);
    }

    [Fact]
    public async Task A_stream_made_again_under_its_name_begins_anew()
    {
        var product = Shard.Product();
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product)), default);
        var low = _shard.Put(_shard.Price(product, 80)).Select(record => record with { SequenceNumber = "1" }).ToList();
        await _shard.NewProcess().ProcessAsync(Shard.Source.Replace("@1", "@2", StringComparison.Ordinal), low, default);

        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
    }

    [Fact]
    public async Task A_command_that_a_tip_covers_and_nobody_knows_stops_the_shard()
    {
        var product = Shard.Product();
        var batch = _shard.Put(_shard.Create(product), _shard.Price(product, 80));
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);
        var unknown = _shard.Put(_shard.Price(product, 70)).Select(record => record with { SequenceNumber = batch[0].SequenceNumber }).ToList();

        await Assert.ThrowsAsync<LostOutcomeException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, unknown, default));
    }

    [Fact]
    public async Task Command_under_another_partition_key_than_its_stream_is_refused()
    {
        var product = Shard.Product();
        var create = _shard.Put(_shard.Create(product));
        var astray = _shard.Price(product, 80);
        await _shard.NewProcess().ProcessAsync(Shard.Source, [.. create, .. _shard.Put(_shard.Price(product, 90))], default);

        // From another shard, whose numbers mean nothing for this stream: here lower than what was decided.
        var record = _shard.Raw("elsewhere", CommandJson.Write(ShopContracts.Commands, astray)) with { SequenceNumber = "5" };
        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [record], default));

        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
        Assert.Contains(await _shard.Stored.ReadOutcomesAsync(default).ToListAsync(), outcome => outcome.Code == "malformed");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(365 * 24 * 60)]
    [InlineData(-60 * 24 * 365 * 60)]
    public async Task A_command_whose_time_cannot_be_is_refused_and_does_not_move_its_streams_time(int minutesFromArrival)
    {
        var product = Shard.Product();
        var create = _shard.Create(product);
        var wrong = _shard.Price(product, 80) with { At = Shard.Noon.AddMinutes(minutesFromArrival) };
        var right = _shard.Price(product, 90);
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(create, wrong, right), default);

        Assert.Equal("malformed", (await _shard.OutcomeAsync(wrong)).Code);
        Assert.Equal([Shard.Noon, Shard.Noon], (await _shard.HistoryAsync(product)).Select(e => e.At));
    }

    [Fact]
    public async Task A_record_too_large_for_a_commit_is_refused_and_the_shard_goes_on()
    {
        var product = Shard.Product();
        var huge = _shard.Raw(product.ToString(), Encoding.UTF8.GetBytes($$"""
            {"id":"{{Guid.NewGuid()}}","stream":"{{product}}","type":"UpdateProductPrice","typeVersion":1,"data":{"price":"{{new string('x', 600_000)}}"},"actor":"seller-1","role":"seller","at":1}
            """));
        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [.. _shard.Put(_shard.Create(product)), huge, .. _shard.Put(_shard.Price(product, 80))], default));

        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
        var refused = Assert.Single(await _shard.Stored.ReadOutcomesAsync(default).ToListAsync(), outcome => outcome.Code == "malformed");
        Assert.Null(refused.CommandData);
    }

    [Fact]
    public async Task No_commit_is_larger_than_a_round_and_one_more_command()
    {
        var product = Shard.Product();
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(Enumerable.Range(0, 1000).Select(i => _shard.Price(product, 100 + (i % 40))).Prepend(_shard.Create(product, 90))), default);

        Assert.InRange(_shard.Tips.LargestCommit, 1, 150 * 1024);
    }

    [Fact]
    public async Task Nothing_is_published_before_it_is_stored()
    {
        _shard.Log.FailsBeforeStoring = true;
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(Shard.Product())), default));

        Assert.Empty(_shard.Publisher.Published);
    }

    [Fact]
    public async Task What_could_not_be_published_is_stored_already()
    {
        var product = Shard.Product();
        _shard.Publisher.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product)), default));

        Assert.Single(await _shard.Stored.ReadStreamsAsync([product], HistoryBounds.Everything, default));
    }

    [Fact]
    public async Task Sequence_numbers_of_other_lengths_are_compared_as_numbers()
    {
        var product = Shard.Product();
        var (first, second) = (_shard.Put(_shard.Create(product))[0], _shard.Put(_shard.Price(product, 80))[0]);
        var batch = new[] { first with { SequenceNumber = "9" }, second with { SequenceNumber = "10" } };
        await _shard.NewProcess().ProcessAsync(Shard.Source, [batch[0]], default);
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);
        await _shard.NewProcess().ProcessAsync(Shard.Source, batch, default);

        Assert.Equal(2, (await _shard.HistoryAsync(product)).Count);
        Assert.Equal(2, _shard.Tips.Commits);
    }

    /// <summary>A decider with a fault, or with another state shape.</summary>
    private sealed class FailingOn(Money? price, IDecider inner) : IDecider
    {
        public string Category => inner.Category;

        public int StateShape { get; init; } = inner.StateShape;

        public object Initial => inner.Initial;

        public bool Creates(ICommand command) => inner.Creates(command);

        public Decision Decide(object state, ICommand command, CommandContext context) =>
            command is Shop.Products.UpdateProductPrice update && update.Price == price ? throw new InvalidOperationException("A bug.") : inner.Decide(state, command, context);

        public object Evolve(object state, IEvent @event) => inner.Evolve(state, @event);

        public string WriteState(object state) => inner.WriteState(state);

        public object ReadState(string json) => StateShape == inner.StateShape ? inner.ReadState(json) : throw new InvalidOperationException("Another shape.");
    }
}
