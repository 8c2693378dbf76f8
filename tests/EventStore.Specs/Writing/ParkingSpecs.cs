using System.Text;
using System.Text.Json.Nodes;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Writing;

/// <summary>A command of a newer release waits in its stream's tip for that release, and stops nothing else.</summary>
public sealed class ParkingSpecs
{
    private const string Newer = "\"typeVersion\":99";

    private static readonly StreamId Product = Shard.Product();
    private static readonly StreamId Other = Shard.Product(2);

    private readonly Shard _shard = new();

    [Trait("Guarantee", "Kinesis → CommandsToEvents: a command newer than the code waits in its stream's tip, and stops no other stream")]
    [Theory]
    [InlineData("UpdateProductPrice", 2)]
    [InlineData("UpdateProductPrice", 1000)]
    [InlineData("FeatureProduct", 1)]
    public async Task Newer_command_is_parked_and_other_streams_go_on(string type, int version)
    {
        await CreateAsync(Product, Other);
        var newer = Record(_shard.Price(Product, 90), type, version);
        var behind = _shard.Price(Product, 80);
        var elsewhere = _shard.Price(Other, 80);

        Assert.Null(await ProcessAsync([newer, .. _shard.Put(behind, elsewhere)]));

        var tip = await TipAsync(Product);
        Assert.Equal([newer.SequenceNumber, tip.Position.SequenceNumber], tip.Parked.Select(record => record.SequenceNumber));
        Assert.Equal(1, tip.Version);
        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(elsewhere)).Status);
        Assert.Null(await new OutcomeReader(_shard.Tips, _shard.Log).FindAsync(Product, behind.CommandId, default));
    }

    [Fact]
    public async Task Command_of_a_category_that_newer_code_adds_is_parked()
    {
        var stream = StreamId.Of("voucher", "1");
        var json = JsonNode.Parse(CommandJson.Write(ShopContracts.Commands, _shard.Price(Product, 90)))!.AsObject();
        (json["stream"], json["type"]) = (stream.ToString(), "IssueVoucher");

        Assert.Null(await ProcessAsync([_shard.Raw(stream.ToString(), Encoding.UTF8.GetBytes(json.ToJsonString()))]));
        Assert.Null(await ProcessAsync([_shard.Raw(stream.ToString(), Encoding.UTF8.GetBytes(json.ToJsonString().Replace("IssueVoucher", "RedeemVoucher", StringComparison.Ordinal)))]));

        var tip = await TipAsync(stream);
        Assert.Equal((0L, 0), (tip.Version, tip.StateShape));
        Assert.Single(tip.Parked);
        Assert.Empty(await _shard.Stored.ReadOutcomesAsync(default).ToListAsync());
    }

    [Theory]
    [InlineData("UpdateProductPrice", 1001)]
    [InlineData("UpdateProductPrice", 0)]
    [InlineData("FeatureProduct", 0)]
    [InlineData("operator", 1)]
    [InlineData("Feature Product", 1)]
    public async Task Command_that_no_release_will_know_is_refused(string type, int version)
    {
        var command = _shard.Price(Product, 90);

        await ProcessAsync([Record(command, type, version)]);

        Assert.Equal("malformed", (await _shard.OutcomeAsync(command)).Code);
    }

    [Trait("Guarantee", "Kinesis → CommandsToEvents: the newer release decides parked commands before later ones of their stream")]
    [Fact]
    public async Task Newer_release_decides_parked_commands_first_and_in_their_order()
    {
        await CreateAsync(Product);
        var (first, second, third) = (_shard.Price(Product, 60), _shard.Price(Product, 31), _shard.Price(Product, 32));
        await ProcessAsync([NewerRecord(first), .. _shard.Put(second)]);

        Assert.Null(await NewerProcessAsync(_shard.Put(third)));

        Assert.Equal(4, (await _shard.HistoryAsync(Product)).Count);
        Assert.True((await VersionsAsync(first, second, third)).SequenceEqual([2L, 3, 4]));
        Assert.Empty((await TipAsync(Product)).Parked);
        Assert.Equal([1L, 2, 3, 4], _shard.Publisher.Published.Select(e => e.Version));
    }

    [Fact]
    public async Task Batch_that_comes_again_is_parked_once()
    {
        await CreateAsync(Product);
        IReadOnlyList<ArrivedRecord> batch = [NewerRecord(_shard.Price(Product, 60)), .. _shard.Put(_shard.Price(Product, 50))];

        for (var delivery = 0; delivery < 3; delivery++) Assert.Null(await ProcessAsync(batch));
        Assert.Equal(2, (await TipAsync(Product)).Parked.Count);

        Assert.Null(await NewerProcessAsync(batch));
        Assert.Equal(3, (await _shard.HistoryAsync(Product)).Count);
    }

    [Fact]
    public async Task Parked_command_that_is_put_again_resumes_its_stream_once()
    {
        await CreateAsync(Product);
        var (first, second) = (_shard.Price(Product, 60), _shard.Price(Product, 50));
        await ProcessAsync([NewerRecord(first), .. _shard.Put(second)]);

        Assert.Null(await ProcessAsync([NewerRecord(first)]));
        Assert.Equal(2, (await TipAsync(Product)).Parked.Count);
        Assert.Null(await NewerProcessAsync([NewerRecord(first)]));

        Assert.Equal(3, (await _shard.HistoryAsync(Product)).Count);
        Assert.True((await VersionsAsync(first, second)).SequenceEqual([2L, 3]));
    }

    [Fact]
    public async Task Resumed_events_are_published_though_the_process_dies_before()
    {
        await CreateAsync(Product);
        await ProcessAsync([NewerRecord(_shard.Price(Product, 60))]);
        var trigger = _shard.Put(_shard.Price(Product, 50));
        _shard.Publisher.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => NewerProcessAsync(trigger));

        _shard.Publisher.Fails = false;
        Assert.Null(await NewerProcessAsync(trigger));

        Assert.Equal([1L, 2, 3], _shard.Publisher.Published.Select(e => e.Version).Distinct());
    }

    [Fact]
    public async Task Resumed_events_are_published_again_once_by_each_process()
    {
        await CreateAsync(Product);
        var parked = _shard.Price(Product, 60);
        await ProcessAsync([NewerRecord(parked)]);
        var (first, second) = (NewerRelease(), NewerRelease());
        ArrivedRecord Again() => NewerRecord(parked) is var record ? record with { Data = Known(record.Data) } : null!;

        // A subscriber of the events sends a known command, like an order process.
        for (var i = 0; i < 3; i++) Assert.Null(await first.ProcessAsync(Shard.Source, [Again()], default));
        for (var i = 0; i < 3; i++) Assert.Null(await second.ProcessAsync(Shard.Source, [Again()], default));

        Assert.Equal(2, _shard.Publisher.Published.Count(e => e.Version == 2));
    }

    [Fact]
    public async Task Resumed_events_reach_the_log_though_the_append_fails()
    {
        await CreateAsync(Product);
        var trigger = _shard.Price(Product, 60);
        await ProcessAsync([NewerRecord(trigger)]);
        var process = NewerRelease();
        _shard.Log.FailsBeforeStoring = true;
        await Assert.ThrowsAsync<IOException>(() => process.ProcessAsync(Shard.Source, [NewerRecord(trigger)], default));

        _shard.Log.FailsBeforeStoring = false;
        Assert.Null(await process.ProcessAsync(Shard.Source, _shard.Put(_shard.Price(Product, 50)), default));

        Assert.Equal(3, (await _shard.Stored.ReadStreamsAsync([Product], HistoryBounds.Everything, default))[Product].Count);
    }

    [Fact]
    public async Task Second_consumer_that_decides_parked_commands_leaves_nothing_behind()
    {
        await CreateAsync(Product);
        var (deep, other) = (_shard.Price(Product, 10), _shard.Price(Product, 60));
        await ProcessAsync([NewerRecord(deep)]);
        var nudge = NewerRecord(deep);
        _shard.Tips.BeforeCommit = () => NewerProcessAsync([nudge]);

        // Neither changes the position: the refused command was parked at it.
        await Assert.ThrowsAsync<StaleTipException>(() => NewerProcessAsync([nudge]));

        Assert.Equal("price_cut_too_deep", (await _shard.OutcomeAsync(deep)).Code);
        Assert.Null(await NewerProcessAsync(_shard.Put(other)));
        Assert.Equal(2, (await _shard.HistoryAsync(Product)).Count);
    }

    [Fact]
    public async Task Command_that_an_operator_refused_is_malformed_and_those_behind_it_are_decided()
    {
        await CreateAsync(Product);
        var (newer, behind) = (_shard.Price(Product, 60), _shard.Price(Product, 80));
        await ProcessAsync([NewerRecord(newer), .. _shard.Put(behind)]);
        var tip = await TipAsync(Product);
        Assert.True(await _shard.Tips.CommitAsync(tip with { Parked = [tip.Parked[0] with { Refusal = "The feature was dropped." }, .. tip.Parked.Skip(1)] }, tip, default));

        Assert.Null(await ProcessAsync([NewerRecord(newer)]));

        var outcome = await _shard.OutcomeAsync(newer);
        Assert.Equal(("malformed", "The feature was dropped."), (outcome.Code, outcome.Reason));
        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(behind)).Status);
    }

    [Fact]
    public async Task Shard_stops_when_the_tip_has_no_more_room()
    {
        await CreateAsync(Product, Other);
        var elsewhere = _shard.Price(Other, 80);
        var large = Enumerable.Range(0, 3).Select(i => _shard.Command(Product, new Shop.Products.DeleteProduct(new string((char)('a' + i), 45_000)))).ToList();
        IReadOnlyList<ArrivedRecord> batch = [NewerRecord(_shard.Price(Product, 60)), .. _shard.Put(large), .. _shard.Put(elsewhere)];

        Assert.Equal(batch[3].SequenceNumber, await ProcessAsync(batch));
        Assert.Equal(batch[3].SequenceNumber, await ProcessAsync([.. batch.Skip(3)]));

        Assert.Equal(3, (await TipAsync(Product)).Parked.Count);
        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(elsewhere)).Status);
        Assert.Null(await NewerProcessAsync([.. batch.Skip(3)]));
        Assert.Equal(1 + 1 + large.Count, (await _shard.Stored.ReadOutcomesAsync(default).ToListAsync()).Count(outcome => outcome.Stream == Product));
    }

    [Fact]
    public async Task Stream_with_an_event_newer_than_this_code_parks_its_commands_and_others_go_on()
    {
        await CreateAsync(Product, Other);
        var tip = await TipAsync(Product);
        var added = tip.Newest.Events[0] with { Version = 2, Type = "ProductFeatured", EventId = Guid.NewGuid() };
        Assert.True(await _shard.Tips.CommitAsync(tip with { Version = 2, StateShape = tip.StateShape + 1, State = "{\"of\":\"newer code\"}", Newest = new Commit([added], []) }, tip, default));
        var (waits, elsewhere) = (_shard.Price(Product, 80), _shard.Price(Other, 80));

        Assert.Null(await ProcessAsync(_shard.Put(waits, elsewhere)));

        var parked = await TipAsync(Product);
        Assert.Equal((tip.StateShape + 1, "{\"of\":\"newer code\"}", "ProductFeatured"), (parked.StateShape, parked.State, parked.Newest.Events[0].Type));
        Assert.Equal(waits.CommandId, Assert.Single(parked.Parked).CommandId);
        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(elsewhere)).Status);
    }

    [Fact]
    public async Task Operators_are_told_how_many_commands_were_parked()
    {
        var metric = new Counted();
        var process = new CommandProcessor(
            _shard.Tips, _shard.Log, new StreamReader(_shard.Stored, _shard.Tips), _shard.Publisher, ShopDomain.Instance, _shard.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<CommandProcessor>.Instance, metric);
        IReadOnlyList<ArrivedRecord> batch = [NewerRecord(_shard.Price(Product, 60)), .. _shard.Put(_shard.Price(Product, 50))];

        for (var delivery = 0; delivery < 2; delivery++) await process.ProcessAsync(Shard.Source, batch, default);

        Assert.Equal([2], metric.All);
    }

    private Task<string?> ProcessAsync(IReadOnlyList<ArrivedRecord> records) => _shard.NewProcess().ProcessAsync(Shard.Source, records, default);

    private Task<string?> NewerProcessAsync(IReadOnlyList<ArrivedRecord> records) => NewerRelease().ProcessAsync(Shard.Source, [.. records.Select(record => record with { Data = Known(record.Data) })], default);

    private CommandProcessor NewerRelease() => new(
        new NewerTips(_shard.Tips), _shard.Log, new StreamReader(_shard.Stored, _shard.Tips), _shard.Publisher, ShopDomain.Instance, _shard.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<CommandProcessor>.Instance);

    private async Task CreateAsync(params StreamId[] products) => await ProcessAsync(_shard.Put(products.Select(product => _shard.Create(product))));

    private async Task<long[]> VersionsAsync(params CommandRecord[] commands) => [.. (await Task.WhenAll(commands.Select(_shard.OutcomeAsync))).Select(outcome => outcome.Version)];

    private async Task<StreamTip> TipAsync(StreamId stream) => (await _shard.Tips.FindAsync(stream, default))!;

    private ArrivedRecord NewerRecord(CommandRecord command) => Record(command, "UpdateProductPrice", 99);

    private ArrivedRecord Record(CommandRecord command, string type, int version)
    {
        var json = JsonNode.Parse(CommandJson.Write(ShopContracts.Commands, command))!.AsObject();
        (json["type"], json["typeVersion"]) = (type, version);
        return _shard.Raw(command.Stream.ToString(), Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static ReadOnlyMemory<byte> Known(ReadOnlyMemory<byte> data) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(data.Span).Replace(Newer, "\"typeVersion\":1", StringComparison.Ordinal));

    /// <summary>Tips as a release that knows version 99 sees them.</summary>
    private sealed class NewerTips(IStreamTips inner) : IStreamTips
    {
        public async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
            (await inner.LoadAsync(streams, ct)).ToDictionary(one => one.Key, one => one.Value with { Parked = [.. one.Value.Parked.Select(record => record with { Data = Known(record.Data) })] });

        public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => inner.CommitAsync(next, read, ct);

        public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);
    }

    private sealed class Counted : IParkingMetric
    {
        public List<int> All { get; } = [];

        public void Record(int commands) => All.Add(commands);
    }
}
