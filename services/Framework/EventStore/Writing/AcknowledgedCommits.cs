using System.Collections.Concurrent;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>Which newest commits this very process saw the log acknowledge: those alone may be overwritten without being appended again.</summary>
internal sealed class AcknowledgedCommits
{
    // About 150 bytes each. When full, all is forgotten: then some rows are appended twice, which costs time and nothing else.
    private const int Capacity = 100_000;

    private readonly ConcurrentDictionary<StreamId, Mark> _newest = [];
    private int _count;

    public bool Has(StreamTip tip) => _newest.TryGetValue(tip.Stream, out var mark) && mark.Is(tip);

    public void Add(StreamTip tip)
    {
        // The dictionary itself takes all its locks to count.
        if (!_newest.ContainsKey(tip.Stream) && Interlocked.Increment(ref _count) > Capacity)
        {
            _newest.Clear();
            _count = 1;
        }

        _newest[tip.Stream] = new Mark(tip.Position, tip.Parked.Count);
    }

    /// <summary><see cref="StreamTip.Mark"/>; a class, which the dictionary replaces in place.</summary>
    private sealed record Mark(
        SourcePosition Position,
        int Parked)
    {
        public bool Is(StreamTip tip) => tip.Mark == (Position, Parked);
    }
}
