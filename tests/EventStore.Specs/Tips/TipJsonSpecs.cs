using System.Text.Json;
using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Tips;

public sealed class TipJsonSpecs
{
    [Fact]
    public void The_same_tip_gives_the_same_bytes()
    {
        var tip = SomeTips.At(Rows.NewStream(), 40, events: 40);

        Assert.Equal(TipJson.Write(tip), TipJson.Write(tip));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void A_body_reads_back_whole_compressed_or_not(int events)
    {
        var tip = SomeTips.At(Rows.NewStream(), 100, events);

        Assert.Equivalent(tip, TipJson.Read(tip.Stream, tip.Version, tip.Position, TipJson.Write(tip)), strict: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Parked_records_read_back_byte_by_byte(int records)
    {
        byte[] noText = [0x7b, 0xff, 0xc0, 0x7d];
        var tip = SomeTips.At(Rows.NewStream(), 1) with
        {
            Parked = [SomeTips.Parked(0) with { Data = noText, Refusal = "dropped" }, .. Enumerable.Range(1, records).Select(i => SomeTips.Parked(i, $$"""{"größe":{{i}}}"""))],
            IsResumed = true,
        };

        var read = TipJson.Read(tip.Stream, tip.Version, tip.Position, TipJson.Write(tip));

        Assert.True(read.IsResumed);
        Assert.Equal(tip.Parked.Select(Told), read.Parked.Select(Told));

        static object Told(ParkedRecord record) => (record.CommandId, record.SequenceNumber, record.ArrivedAt, Convert.ToHexString(record.Data.Span), record.Refusal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 100)]
    [InlineData(1, 1)]
    [InlineData(1, 100)]
    public void Release_that_knows_no_parked_records_refuses_a_tip_that_has_some(int parked, int events)
    {
        var tip = SomeTips.At(Rows.NewStream(), 100, events) with { Parked = [.. Enumerable.Range(1, parked).Select(i => SomeTips.Parked(i))] };

        // Releases up to 7d5ba1d read the formats 1 and 2.
        Assert.Equal(parked == 0, TipJson.Write(tip)[0] is 1 or 2);
    }

    [Fact]
    public void Many_like_events_take_a_tenth_of_their_size()
    {
        var tip = SomeTips.At(Rows.NewStream(), 100, events: 100);
        var plain = tip.Newest.Events.Sum(e => e.Data.Length + 300) + tip.Newest.Outcomes.Count * 300;

        Assert.InRange(TipJson.Write(tip).Length, 1, plain / 5);
    }

    [Fact]
    public void A_tip_of_one_price_change_takes_at_most_4_KB()
    {
        var tip = SomeTips.At(Rows.NewStream(), 20);
        var full = tip with { Ring = OutcomeRing.Empty.Push([.. Rows.Events(tip.Stream, OutcomeRing.Capacity).Select(e => Rows.Outcome(e, Guid.NewGuid()))]) };

        Assert.InRange(TipJson.Write(full).Length, 1, 4096);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Größe> \"日本\" 😀\\\n\u0001\uffff")]
    public void Bytes_of_a_commit_are_counted_without_writing_it(string text)
    {
        var stream = StreamId.Of("review", new string('s', 190));
        var e = Rows.Event(stream, 1, data: JsonSerializer.Serialize(text)) with { Version = long.MaxValue, Actor = new Actor(text, text), At = DateTimeOffset.MaxValue };
        var outcome = Rows.Refusal(stream, Guid.NewGuid(), Guid.NewGuid(), text) with
        {
            Events = ["A", "B"],
            Reason = text,
            CommandData = text,
            Actor = e.Actor,
            CorrelationId = text,
            Version = long.MaxValue,
            At = e.At,
            IssuedAt = e.At,
        };

        foreach (var (counted, written) in new[] { (EventJson.BytesOf(e), Written(json => EventJson.Write(json, e))), (OutcomeJson.BytesOf(outcome), Written(json => OutcomeJson.Write(json, outcome))) })
            Assert.InRange(written, counted - 40, counted);
    }

    private static int Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing)) write(json);
        return (int)buffer.Length;
    }

    [Fact]
    public void What_was_pushed_out_of_the_ring_is_remembered()
    {
        var tip = SomeTips.At(Rows.NewStream(), 40, events: 40);

        Assert.NotNull(tip.Ring.EvictedThrough);
        Assert.Equal(tip.Ring.EvictedThrough, TipJson.Read(tip.Stream, tip.Version, tip.Position, TipJson.Write(tip)).Ring.EvictedThrough);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 1, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 2, 255, 255, 255 })]
    [InlineData(new byte[] { 9, 1 })]
    public void A_body_that_is_none_is_named_with_its_stream(byte[] body)
    {
        var tip = SomeTips.At(Rows.NewStream(), 1);

        var error = Assert.Throws<FormatException>(() => TipJson.Read(tip.Stream, 1, tip.Position, body));

        Assert.Contains(tip.Stream.ToString(), error.Message, StringComparison.Ordinal);
    }
}
