using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>What one batch of messages says about one stream.</summary>
/// <param name="Events">By version, each once; there may be gaps.</param>
/// <param name="Hints">As they came.</param>
public sealed record StreamBatch(
    StreamId Stream,
    IReadOnlyList<EventRecord> Events,
    IReadOnlyList<StreamHint> Hints)
{
    /// <summary>The version that the stream has reached at least.</summary>
    public long Version => Math.Max(
        Events.Count > 0 ? Events[^1].Version : 0,
        Hints.Count > 0 ? Hints.Max(hint => hint.Version) : 0);

    /// <summary>Whether what was made of the stream is to be made again.</summary>
    public bool Rebuild => Hints.Any(hint => hint.Rebuild);

    /// <summary>The part that concerns one read model: the events, and the hints that name it or none. Null where nothing is left.</summary>
    public StreamBatch? For(string model)
    {
        if (Hints.All(hint => hint.Model is null || hint.Model == model)) return this;
        var part = this with { Hints = [.. Hints.Where(hint => hint.Model is null || hint.Model == model)] };
        return part.Events.Count + part.Hints.Count > 0 ? part : null;
    }

    /// <summary>The streams of these messages, each once, in the order of their first appearance.</summary>
    public static IReadOnlyList<StreamBatch> Of(params IReadOnlyCollection<EventMessage> messages)
    {
        var streams = new Dictionary<StreamId, (SortedList<long, EventRecord> Events, List<StreamHint> Hints)>();
        foreach (var message in messages)
        {
            foreach (var e in message.Events) Find(e.Stream).Events.TryAdd(e.Version, e);
            foreach (var hint in message.Hints) Find(hint.Stream).Hints.Add(hint);
        }

        return [.. streams.Select(s => new StreamBatch(s.Key, [.. s.Value.Events.Values], s.Value.Hints))];

        (SortedList<long, EventRecord> Events, List<StreamHint> Hints) Find(StreamId stream)
        {
            if (!streams.TryGetValue(stream, out var found)) streams.Add(stream, found = ([], []));
            return found;
        }
    }
}
