using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Projections;

public static class Folding
{
    /// <summary>
    /// Folds these events of one stream, sorted by version, into the item. It ignores events at or below the item's
    /// version, and stops before a gap. Returns null if there was no item and no first event.
    /// </summary>
    /// <param name="passing">Called with the item after each applied event.</param>
    public static ReadModelItem<TDocument>? Fold<TDocument>(
        this IProjection<TDocument> projection, IEnumerable<EventRecord> events, ReadModelItem<TDocument>? item = null, Action<ReadModelItem<TDocument>>? passing = null)
        where TDocument : class
    {
        var folded = item;
        foreach (var e in events)
        {
            var next = (folded?.Version ?? 0) + 1;
            if (e.Version > next) break;
            if (e.Version < next) continue;
            var document = projection.Apply(folded?.Document, e);
            folded = new ReadModelItem<TDocument>(e.Stream, next, document, e.At) { Shape = document is null ? 1 : folded?.Shape ?? projection.Shape.Number };
            passing?.Invoke(folded);
        }

        return ReferenceEquals(folded, item) || folded?.Document is not { } last ? folded : folded with { Adds = projection.Adds(last) };
    }
}
