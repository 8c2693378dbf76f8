using System.Collections.Concurrent;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>Which newest commits this very process saw the log acknowledge: those alone may be overwritten without being appended again.</summary>
internal sealed class AcknowledgedCommits
{
    // About 150 bytes each. When full, all is forgotten: then some rows are appended twice, which costs time and nothing else.
    private const int Capacity = 100_000;

    private readonly ConcurrentDictionary<StreamId, (SourcePosition, int)> _newest = [];

    public bool Has(StreamTip tip) => _newest.TryGetValue(tip.Stream, out var mark) && mark == tip.Mark;

    public void Add(IEnumerable<StreamTip> tips)
    {
        if (_newest.Count > Capacity) _newest.Clear();
        foreach (var tip in tips) _newest[tip.Stream] = tip.Mark;
    }
}
