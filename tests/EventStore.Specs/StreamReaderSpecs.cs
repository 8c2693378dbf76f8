using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Specs.Tips;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs;

/// <summary>
/// A stream of five events, the last of which is only in its tip. Each test chooses how many others the log has.
/// Further streams are only in the log.
/// </summary>
public sealed class StreamReaderSpecs
{
    private static readonly StreamId Whole = CustomerStreams.IdOf("whole");
    private static readonly StreamId Lacking = CustomerStreams.IdOf("lacking");
    private static readonly StreamId Empty = CustomerStreams.IdOf("empty");

    private readonly InMemoryEventLog _log = new();
    private readonly InMemoryStreamTips _tips = new();
    private readonly StreamId _stream = Rows.NewStream();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_and_tip_together_are_the_whole_stream()
    {
        await HappenAsync(logged: 4);
        Assert.Equal([1, 2, 3, 4, 5], await ReadAsync(HistoryBounds.Everything));
        Assert.Equal([3, 4, 5], await ReadAsync(new HistoryBounds(FromVersion: 3)));
        Assert.Equal([1, 2], await ReadAsync(new HistoryBounds(ToVersion: 2)));
        Assert.Equal([1, 2, 3, 4, 5], await ReadAsync(new HistoryBounds(ToVersion: 7)));
        Assert.Equal([1, 2, 3], await ReadAsync(AsOfVersion(3)));
        Assert.Equal([1, 2, 3, 4], await ReadAsync(AsOfVersion(4)));
        Assert.Equal([1, 2, 3, 4, 5], await ReadAsync(AsOfVersion(9)));
        Assert.Empty(await ReadAsync(AsOfVersion(0)));
        Assert.Empty(await ReadAsync(new HistoryBounds(FromVersion: 6)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_log_that_is_behind_is_never_taken_for_the_end(int logged)
    {
        await HappenAsync(logged);
        foreach (var bounds in (HistoryBounds[])[HistoryBounds.Everything, new(FromVersion: 2), new(ToVersion: 3), AsOfVersion(3), AsOfVersion(4), AsOfVersion(5)])
            Assert.Equal(_stream, (await Assert.ThrowsAsync<HistoryGapException>(() => ReadAsync(bounds))).Stream);
    }

    [Fact]
    public async Task A_log_that_is_behind_is_seen_even_where_the_newest_commit_made_no_event()
    {
        await HappenAsync(logged: 2, newest: 0);
        await Assert.ThrowsAsync<HistoryGapException>(() => ReadAsync(HistoryBounds.Everything));
        await Assert.ThrowsAsync<HistoryGapException>(() => ReadAsync(AsOfVersion(3)));
        Assert.Equal([1, 2], await ReadAsync(new HistoryBounds(ToVersion: 2)));
        Assert.Equal([1], await ReadAsync(AsOfVersion(1)));
    }

    [Fact]
    public async Task A_stream_with_a_gap_keeps_no_other_waiting()
    {
        await _log.AppendAsync([Event(Whole, 1), Event(Whole, 2), Event(Lacking, 1), Event(Lacking, 3)], [], Ct);

        var histories = await new StreamReader(_log, _tips).ReadEachAsync([Lacking, Whole, Empty], HistoryBounds.Everything, Ct);

        Assert.Equal([1L, 2L], histories.Of(Whole).Select(e => e.Version));
        Assert.Empty(histories.Of(Empty));
        Assert.Equal(Lacking, Assert.Throws<HistoryGapException>(() => histories.Of(Lacking)).Stream);
    }

    [Fact]
    public async Task Streams_that_belong_together_are_read_all_or_not_at_all()
    {
        await _log.AppendAsync([Event(Whole, 1), Event(Lacking, 2)], [], Ct);

        await Assert.ThrowsAsync<HistoryGapException>(() => new StreamReader(_log, _tips).ReadAsync([Whole, Lacking], HistoryBounds.Everything, Ct));
    }

    [Fact]
    public async Task Of_a_long_stream_so_much_is_read_from_its_end_on_as_is_enough()
    {
        await _log.AppendAsync(Rows.Events(_stream, 9_999), [], Ct);
        Assert.True(await _tips.CommitAsync(SomeTips.At(_stream, 10_000, 1), null, Ct));

        Assert.Equal((8_001, 10_000), Ends(await ReadNewestAsync(HistoryBounds.Everything, _ => true)));
        Assert.Equal((4_001, 10_000), Ends(await ReadNewestAsync(HistoryBounds.Everything, newest => newest.Count > 2_000)));
        Assert.Equal((1, 10_000), Ends(await ReadNewestAsync(HistoryBounds.Everything, _ => false)));
        Assert.Equal((3_001, 5_000), Ends(await ReadNewestAsync(new HistoryBounds(ToVersion: 5_000), _ => true)));
        Assert.Equal((9_990, 10_000), Ends(await ReadNewestAsync(new HistoryBounds(FromVersion: 9_990), _ => false)));
        Assert.Equal((1, 3), Ends(await ReadNewestAsync(AsOfVersion(3), newest => newest.Count > 0)));
        Assert.Empty(await ReadNewestAsync(AsOfVersion(0), newest => newest.Count > 0));
    }

    [Fact]
    public async Task Of_a_stream_without_a_tip_all_is_read_and_of_none_nothing()
    {
        await _log.AppendAsync(Rows.Events(_stream, 3_000), [], Ct);

        Assert.Equal((1, 3_000), Ends(await ReadNewestAsync(HistoryBounds.Everything, _ => true)));
        Assert.Empty(await new StreamReader(_log, _tips).ReadNewestAsync(Empty, HistoryBounds.Everything, _ => true, Ct));
    }

    [Theory]
    [InlineData(9_000)]
    [InlineData(5_000)]
    public async Task A_log_that_is_behind_is_never_taken_for_the_end_of_what_is_newest(int logged)
    {
        await _log.AppendAsync(Rows.Events(_stream, logged), [], Ct);
        Assert.True(await _tips.CommitAsync(SomeTips.At(_stream, 10_000, 1), null, Ct));

        Assert.Equal(_stream, (await Assert.ThrowsAsync<HistoryGapException>(() => ReadNewestAsync(HistoryBounds.Everything, _ => true))).Stream);
    }

    private static (long First, long Last) Ends(IReadOnlyList<EventRecord> events) => (events[0].Version, events[^1].Version);

    private Task<IReadOnlyList<EventRecord>> ReadNewestAsync(HistoryBounds bounds, Func<IReadOnlyList<EventRecord>, bool> isEnough) => new StreamReader(_log, _tips).ReadNewestAsync(_stream, bounds, isEnough, Ct);

    /// <summary>Returns bounds as of the time of a version.</summary>
    private static HistoryBounds AsOfVersion(long version) => new(AsOf: Rows.Event(Rows.NewStream(), version).At);

    private async Task HappenAsync(int logged, int newest = 1)
    {
        await _log.AppendAsync(Rows.Events(_stream, logged), [], Ct);
        Assert.True(await _tips.CommitAsync(SomeTips.At(_stream, 5, newest), null, Ct));
    }

    private async Task<IEnumerable<long>> ReadAsync(HistoryBounds bounds) => (await new StreamReader(_log, _tips).ReadAsync(_stream, bounds, Ct)).Select(e => e.Version);

    private static EventRecord Event(StreamId stream, long version) => EventRecord.Of(ShopContracts.Events,
        stream,
        version,
        new UserDeactivated("on request"),
        CommandIds.Named(Guid.Empty, $"{stream} {version}"),
        0,
        new Actor(stream.Key, ShopRoles.Customer),
        new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
}
