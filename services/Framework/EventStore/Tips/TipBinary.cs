using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A tip in few bytes, for the write path. The write path reads the state, but neither ring nor latest commit, and
/// copies the ring's bytes to the next tip. State, events and parked records are JSON inside.
/// </summary>
public static class TipBinary
{
    private const int IsResumed = 1, HasEvicted = 2;

    internal static void Write(TipWriter to, StreamTip tip)
    {
        var ring = tip.Ring;
        to.Byte((byte)((tip.IsResumed ? IsResumed : 0) | (ring.EvictedThrough is null ? 0 : HasEvicted)));
        to.Number(tip.StateShape);
        to.Bytes(tip.StateUtf8.Span);
        to.Time(tip.LastAt);
        if (ring.EvictedThrough is { } evicted) to.Time(evicted);
        to.Number(ring.Count);
        to.Bytes(ring.Bytes);
        to.Number(tip.Parked.Count);
        foreach (var record in tip.Parked) Write(to, record);
        StoredCommit.Write(to, tip);
    }

    internal static StreamTip Read(WireContracts contracts, StreamId stream, long version, SourcePosition position, ReadOnlyMemory<byte> content)
    {
        var from = new TipReader(content);
        int flags = from.Byte();
        var shape = (int)from.Number();
        var state = from.Bytes();
        var lastAt = from.Time();
        DateTimeOffset? evicted = (flags & HasEvicted) != 0 ? from.Time() : null;
        var count = from.Count();
        var ring = new OutcomeRing(from.Bytes(), count, evicted);
        var parked = from.Count() is > 0 and var waiting ? new ParkedRecord[waiting] : [];
        for (var i = 0; i < parked.Length; i++) parked[i] = ReadParked(ref from);
        var newest = new Commit(new StoredCommit(contracts, stream, lastAt, from.Rest()));
        return new StreamTip(stream, version, shape, state, position, lastAt, newest, ring)
        {
            Parked = parked,
            IsResumed = (flags & IsResumed) != 0,
        };
    }

    private static void Write(TipWriter to, ParkedRecord record)
    {
        to.Id(record.CommandId);
        to.Text(record.SequenceNumber);
        to.Time(record.ArrivedAt);
        to.Bytes(record.Data.Span);
        to.Byte((byte)(record.Refusal is null ? 0 : 1));
        if (record.Refusal is { } refusal) to.Text(refusal);
    }

    private static ParkedRecord ReadParked(ref TipReader from) =>
        new(from.Id(), from.Text(), from.Time(), from.Bytes(), from.Byte() == 0 ? null : from.Text());
}
