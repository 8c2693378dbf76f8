using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>What a batch of messages contains about one stream.</summary>
/// <param name="Events">Sorted by version and without duplicates. There may be gaps.</param>
/// <param name="Hints">In the order of arrival.</param>
public sealed record StreamBatch(
    StreamId Stream,
    IReadOnlyList<EventRecord> Events,
    IReadOnlyList<StreamHint> Hints)
{
    /// <summary>The highest known version. The stream may be further.</summary>
    public long Version => Math.Max(
        Events.Count > 0 ? Events[^1].Version : 0,
        Hints.Count > 0 ? Hints.Max(hint => hint.Version) : 0);

    /// <summary>True when a hint asks to rebuild what was derived from the stream.</summary>
    public bool Rebuild => Hints.Any(hint => hint.Rebuild);

    /// <summary>
    /// Returns the part for one read model: all events, and the hints that name it or no model. Returns null when
    /// nothing is left.
    /// </summary>
    public StreamBatch? For(string model)
    {
        if (Hints.All(hint => hint.Model is null || hint.Model == model)) return this;
        var part = this with { Hints = [.. Hints.Where(hint => hint.Model is null || hint.Model == model)] };
        return part.Events.Count + part.Hints.Count > 0 ? part : null;
    }

    /// <summary>Returns the streams of these messages, each once, in the order of their first appearance.</summary>
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
