using System.Collections.Concurrent;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// Remembers the commits that the log has acknowledged to this process. Only these may be overwritten in the tip
/// without appending them again.
/// </summary>
internal sealed class AcknowledgedCommits
{
    // An entry takes about 150 bytes. When the map is full, it is cleared. Then some rows are appended twice, which
    // costs only time.
    private const int Capacity = 100_000;

    private readonly ConcurrentDictionary<StreamId, Mark> _newest = [];
    private int _count;

    public bool Has(StreamTip tip) => _newest.TryGetValue(tip.Stream, out var mark) && mark.Is(tip);

    public void Add(StreamTip tip)
    {
        // The dictionary's own Count takes all its locks.
        if (!_newest.ContainsKey(tip.Stream) && Interlocked.Increment(ref _count) > Capacity)
        {
            _newest.Clear();
            _count = 1;
        }

        _newest[tip.Stream] = new Mark(tip.Position, tip.Parked.Count);
    }

    /// <summary>
    /// Holds <see cref="StreamTip.Mark"/>. It is a class, so that the dictionary can replace it in place.
    /// </summary>
    private sealed record Mark(
        SourcePosition Position,
        int Parked)
    {
        public bool Is(StreamTip tip) => tip.Mark == (Position, Parked);
    }
}
