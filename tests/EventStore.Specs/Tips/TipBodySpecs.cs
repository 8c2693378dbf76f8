using System.Text.Json;
using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Tips;

public sealed class TipBodySpecs
{
    private const string Golden =
        "BQMERHsicHJpY2UiOjcuNTAsIm5hbWUiOiJLb3BmaMO2cmVyIn2O+LeEwWiA+LeEwWgErgEHAAAAAAAAAAAAAAAAAAAABAkAAAAA" +
        "AAAAAAAAAAAAAAAOhPi3hMFoCAAAAAAAAAAAAAAAAAAAAAokcHJpY2VfY3V0X3Rvb19kZWVw/v//////////AQACAQAAAAAAAAAA" +
        "AAAAAAAAAAIxgvi3hMFoBHt9AQ5kcm9wcGVkBAcAAAAAAAAAAAAAAAAAAAAECQAAAAAAAAAAAAAAAAAAAAAkVXBkYXRlUHJvZHVj" +
        "dFByaWNlDgIAJlByb2R1Y3RQcmljZVVwZGF0ZWQAEHNlbGxlci0xAAxzZWxsZXIACQgAAAAAAAAAAAAAAAAAAAD6Av7/////////" +
        "/wEEAAJBAAJCACRwcmljZV9jdXRfdG9vX2RlZXAAHFp1IGdyb8OfLiDwn5iAGnsiZ3LDtsOfZSI6MX0AGnNlbGxlcnwxQHNob3AI" +
        "Df/3t4TBaAAKdHJhaWwDAAAAAwADAAAAAAAAAAAAAgAOBwAAAAEAAAAAAAAAAAAAAAQClgF7Im9sZCI6eyJhbW91bnQiOjcsImN1" +
        "cnJlbmN5IjoiVVNEIn0sIm5ldyI6eyJhbW91bnQiOjguNSwiY3VycmVuY3kiOiJVU0QifX0A";

    [Fact]
    public void The_same_tip_gives_the_same_bytes()
    {
        var tip = SomeTips.At(Rows.NewStream(), 40, events: 40);

        Assert.Equal(TipBody.Write(tip), TipBody.Write(tip));
    }

    [Theory]
    [InlineData(TipFormat.Binary, 0)]
    [InlineData(TipFormat.Binary, 1)]
    [InlineData(TipFormat.Binary, 100)]
    [InlineData(TipFormat.Json, 0)]
    [InlineData(TipFormat.Json, 1)]
    [InlineData(TipFormat.Json, 100)]
    public void Body_reads_back_whole_compressed_or_not(TipFormat format, int events)
    {
        var tip = SomeTips.At(Rows.NewStream(), 100, events);
        tip = tip with { Newest = new Commit(tip.Newest.Events, [.. tip.Newest.Outcomes, Full(tip.Stream)]) };

        AssertSame(tip, Reread(tip, format));
    }

    [Fact]
    public void Event_that_differs_from_its_commands_outcome_reads_back_whole()
    {
        var tip = SomeTips.At(Rows.NewStream(), 3, events: 3);
        var (one, two, three) = (tip.Newest.Events[0], tip.Newest.Events[1], tip.Newest.Events[2]);
        List<EventRecord> events =
        [
            one with { Actor = new Actor("another", Actor.Operator), At = one.At.AddSeconds(-1) },
            two with { CommandId = Guid.NewGuid() },
            three with { Stream = Rows.NewStream(), TypeVersion = -1, Version = long.MaxValue },
        ];
        tip = tip with { Newest = tip.Newest with { Events = events } };

        AssertSame(tip, Reread(tip, TipFormat.Binary));
    }

    [Fact]
    public void Seventeenth_different_text_reads_back_as_the_first_ones_do()
    {
        var tip = SomeTips.At(Rows.NewStream(), 40, events: 40);
        var outcomes = tip.Newest.Outcomes.Select((outcome, i) => outcome with { Actor = new Actor($"seller-{i % 30}", ShopRoles.Seller) });
        tip = tip with { Newest = tip.Newest with { Outcomes = [.. outcomes] } };

        AssertSame(tip, Reread(tip, TipFormat.Binary));
    }

    [Theory]
    [InlineData(TipFormat.Json, TipFormat.Binary)]
    [InlineData(TipFormat.Binary, TipFormat.Json)]
    public void Either_release_reads_what_the_other_wrote_and_goes_on(TipFormat first, TipFormat second)
    {
        var tip = SomeTips.At(Rows.NewStream(), 20, events: 10);
        var next = Reread(tip, first);
        CommandOutcome[] more = [.. tip.Newest.Outcomes.Take(7).Select(outcome => outcome with { CommandId = Guid.NewGuid() })];

        var read = Reread(next with { Ring = next.Ring.Push(more) }, second);

        Assert.Equal(tip.Ring.Push(more).Entries, read.Ring.Entries);
        Assert.Equal(tip.Ring.Push(more).EvictedThrough, read.Ring.EvictedThrough);
        Assert.Equal(tip.Newest.Events, read.Newest.Events);
    }

    [Theory]
    [InlineData(TipFormat.Binary, TipFormat.Binary)]
    [InlineData(TipFormat.Json, TipFormat.Json)]
    public void Operators_keep_the_form_of_the_tip_that_they_replace(TipFormat stored, TipFormat written)
    {
        var tip = SomeTips.At(Rows.NewStream(), 2);

        Assert.Equal(TipBody.Write(tip, written), TipBody.Write(tip, TipFormat.Kept, Reread(tip, stored)));
        Assert.Equal(TipBody.Write(tip, TipFormat.Json), TipBody.Write(tip, TipFormat.Kept));
    }

    [Fact]
    public void Binary_form_of_today_stays_readable()
    {
        var stream = StreamId.Of("product", new Guid("6579c22f-be2b-444c-a52b-0116dd82df6c"));
        var made = Rows.Event(stream, 7) with { EventId = new Guid(7, 1, 0, new byte[8]), CommandId = new Guid(7, 0, 0, new byte[8]) };
        CommandOutcome[] outcomes = [Rows.Outcome(made, key: new Guid(9, 0, 0, new byte[8])), Full(stream) with { CommandId = new Guid(8, 0, 0, new byte[8]), KeyId = null }];
        var tip = SomeTips.At(stream, 7) with
        {
            Newest = new Commit([made], outcomes),
            Ring = OutcomeRing.Empty.Push(outcomes) with { EvictedThrough = Rows.Noon },
            Parked = [SomeTips.Parked(1) with { Refusal = "dropped" }],
            IsResumed = true,
        };

        Assert.Equal(Golden, Convert.ToBase64String(TipBody.Write(tip)));
        AssertSame(tip, TipBody.Read(ShopContracts.Events, stream, tip.Version, tip.Position, Convert.FromBase64String(Golden)));
    }

    [Fact]
    public void Body_cut_short_is_refused_wherever_it_ends()
    {
        var tip = SomeTips.At(Rows.NewStream(), 2, events: 2) with { Parked = [SomeTips.Parked(1)] };
        var body = TipBody.Write(tip);
        Assert.Equal(5, body[0]);

        for (var length = 1; length < body.Length; length++)
        {
            var cut = body.AsMemory(0, length);
            Assert.Throws<FormatException>(() =>
            {
                var read = TipBody.Read(ShopContracts.Events, tip.Stream, tip.Version, tip.Position, cut);
                return (read.Ring.Entries.Count, read.Newest.Outcomes.Count);
            });
        }
    }

    [Fact]
    public void Tip_tells_from_its_bytes_which_ids_it_cannot_know()
    {
        var tip = Reread(SomeTips.At(Rows.NewStream(), 30, events: 30), TipFormat.Binary);

        Assert.All(tip.Newest.Outcomes, outcome => Assert.True(tip.Newest.MayName(outcome.CommandId) && tip.Newest.MayName(outcome.KeyId!.Value)));
        Assert.All(tip.Ring.Entries, entry => Assert.True(tip.Ring.MayName(entry.CommandId) && tip.Ring.MayName(entry.KeyId!.Value)));
        Assert.False(tip.Newest.MayName(Guid.NewGuid()) || tip.Ring.MayName(Guid.NewGuid()));
    }

    [Fact]
    public void Body_is_compressed_only_where_that_saves_a_write_unit()
    {
        var stream = Rows.NewStream();
        var noise = new byte[750];
        new Random(1).NextBytes(noise);

        Assert.Equal(5, TipBody.Write(SomeTips.At(stream, 1))[0]);
        Assert.Equal(6, TipBody.Write(SomeTips.At(stream, 30, events: 30))[0]);
        // Two write units in any format.
        Assert.Equal(5, TipBody.Write(SomeTips.At(stream, 1, data: $"\"{Convert.ToBase64String(noise)}\""))[0]);
    }

    [Fact]
    public void Ring_that_is_spliced_is_the_one_that_is_read_and_pushed()
    {
        var random = new Random(3);
        var stream = Rows.NewStream();
        List<RingEntry> all = [];
        var ring = OutcomeRing.Empty;
        for (var i = 0; i < 200; i++)
        {
            CommandOutcome[] outcomes = [.. Enumerable.Range(0, random.Next(4) * random.Next(8)).Select(_ => Some(random, stream))];
            ring = ring.Push(outcomes);
            all.AddRange(outcomes.Select(o => new RingEntry(o.CommandId, o.KeyId, o.Status, o.Code, o.Version, o.IssuedAt)));

            var evicted = all.SkipLast(OutcomeRing.Capacity).ToList();
            Assert.Equal(all.TakeLast(OutcomeRing.Capacity), ring.Entries);
            Assert.Equal(evicted.Count == 0 ? null : evicted.Max(entry => entry.IssuedAt), ring.EvictedThrough);
        }
    }

    private static CommandOutcome Some(Random random, StreamId stream) => Rows.Refusal(stream, Guid.NewGuid(), random.Next(2) == 0 ? Guid.NewGuid() : null) with
    {
        Status = (CommandStatus)random.Next(3),
        Code = random.Next(2) == 0 ? null : "größe_passt_nicht",
        Version = random.NextInt64(long.MaxValue),
        IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(-1_000_000, 2_000_000_000_000)),
    };

    private static CommandOutcome Full(StreamId stream) => Rows.Refusal(stream, Guid.NewGuid(), Guid.NewGuid()) with
    {
        Events = ["A", "B"],
        Reason = "Zu groß. 😀",
        CommandData = """{"größe":1}""",
        CorrelationId = "trail",
        CausationId = new Guid(3, 3, 3, new byte[8]),
        Version = long.MaxValue,
        IssuedAt = DateTimeOffset.UnixEpoch,
    };

    private static StreamTip Reread(StreamTip tip, TipFormat format) =>
        TipBody.Read(ShopContracts.Events, tip.Stream, tip.Version, tip.Position, TipBody.Write(tip, format));

    private static void AssertSame(StreamTip expected, StreamTip read)
    {
        Assert.Equal(Told(expected), Told(read));
        Assert.Equal(expected.Newest.Events, read.Newest.Events);
        Assert.Equal(expected.Newest.Outcomes.Select(Told), read.Newest.Outcomes.Select(Told));
        Assert.Equal(expected.Ring.Entries, read.Ring.Entries);
        Assert.Equal(expected.Parked.Select(Told), read.Parked.Select(Told));

        static object Told(object one) => one switch
        {
            StreamTip tip => (tip.Stream, tip.Version, tip.StateShape, tip.State, tip.Position, tip.LastAt, tip.Ring.EvictedThrough, tip.IsResumed),
            CommandOutcome outcome => (outcome with { Events = [] }, string.Join(' ', outcome.Events)),
            ParkedRecord record => (record.CommandId, record.SequenceNumber, record.ArrivedAt, Convert.ToHexString(record.Data.Span), record.Refusal),
            _ => one,
        };
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

        var read = TipBody.Read(ShopContracts.Events, tip.Stream, tip.Version, tip.Position, TipBody.Write(tip));

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
        Assert.Equal(parked == 0, TipBody.Write(tip, TipFormat.Json)[0] is 1 or 2);
    }

    [Fact]
    public void Many_like_events_take_a_tenth_of_their_size()
    {
        var tip = SomeTips.At(Rows.NewStream(), 100, events: 100);
        var plain = tip.Newest.Events.Sum(e => e.Data.Length + 300) + tip.Newest.Outcomes.Count * 300;

        Assert.InRange(TipBody.Write(tip).Length, 1, plain / 5);
    }

    [Fact]
    public void A_tip_of_one_price_change_takes_at_most_4_KB()
    {
        var tip = SomeTips.At(Rows.NewStream(), 20);
        var full = tip with { Ring = OutcomeRing.Empty.Push([.. Rows.Events(tip.Stream, OutcomeRing.Capacity).Select(e => Rows.Outcome(e, Guid.NewGuid()))]) };

        Assert.InRange(TipBody.Write(full).Length, 1, 4096);
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
        Assert.Equal(tip.Ring.EvictedThrough, TipBody.Read(ShopContracts.Events, tip.Stream, tip.Version, tip.Position, TipBody.Write(tip)).Ring.EvictedThrough);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 1, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 2, 255, 255, 255 })]
    [InlineData(new byte[] { 5, 0 })]
    [InlineData(new byte[] { 6, 255, 255, 255 })]
    [InlineData(new byte[] { 9, 1 })]
    public void A_body_that_is_none_is_named_with_its_stream(byte[] body)
    {
        var tip = SomeTips.At(Rows.NewStream(), 1);

        var error = Assert.Throws<FormatException>(() => TipBody.Read(ShopContracts.Events, tip.Stream, 1, tip.Position, body));

        Assert.Contains(tip.Stream.ToString(), error.Message, StringComparison.Ordinal);
    }
}
