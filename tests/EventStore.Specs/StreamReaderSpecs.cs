using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;

namespace ServerlessCqrs.EventStore.Specs;

public sealed class StreamReaderSpecs
{
    private static readonly StreamId Whole = CustomerStreams.IdOf("whole");
    private static readonly StreamId Lacking = CustomerStreams.IdOf("lacking");
    private static readonly StreamId Empty = CustomerStreams.IdOf("empty");

    private readonly InMemoryEventLog _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_with_a_gap_keeps_no_other_waiting()
    {
        await _log.AppendAsync([Event(Whole, 1), Event(Whole, 2), Event(Lacking, 1), Event(Lacking, 3)], [], Ct);

        var histories = await Reader().ReadEachAsync([Lacking, Whole, Empty], HistoryBounds.Everything, Ct);

        Assert.Equal([1L, 2L], histories.Of(Whole).Select(e => e.Version));
        Assert.Empty(histories.Of(Empty));
        Assert.Equal(Lacking, Assert.Throws<HistoryGapException>(() => histories.Of(Lacking)).Stream);
    }

    [Fact]
    public async Task Streams_that_belong_together_are_read_all_or_not_at_all()
    {
        await _log.AppendAsync([Event(Whole, 1), Event(Lacking, 2)], [], Ct);

        await Assert.ThrowsAsync<HistoryGapException>(() => Reader().ReadAsync([Whole, Lacking], HistoryBounds.Everything, Ct));
    }

    private StreamReader Reader() => new(_log, new InMemoryStreamTips());

    private static EventRecord Event(StreamId stream, long version) => EventRecord.Of(
        stream,
        version,
        new UserDeactivated("on request"),
        CommandIds.Named(Guid.Empty, $"{stream} {version}"),
        0,
        new Actor(stream.Key, Actor.Customer),
        new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
}
