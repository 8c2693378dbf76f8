using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.History;

/// <summary>
/// Finds what events changed in the documents of their streams. It starts at a snapshot if there is one, and remembers
/// each stream's fold. So reading a history in the order of time folds every event once. Not thread-safe.
/// </summary>
public sealed class DocumentChanges(ReadModelCatalogue models, IStreamHistory history)
{
    /// <summary>A folded document takes a few KB, so this takes about 20 MB.</summary>
    private const int MostFolds = 5_000;

    private static readonly string[] OfEveryEvent = ["$.version", "$.updatedAt"];

    private readonly Dictionary<StreamId, IDocumentFold> _folds = [];

    /// <summary>
    /// Returns the changes of each event by its id. An event is missing if no read model has its document, or if the
    /// document cannot be folded.
    /// </summary>
    /// <param name="unlogged">Events of any stream that the log may not have yet.</param>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<DocumentChange>>> OfAsync(IEnumerable<EventRecord> events, IReadOnlyCollection<EventRecord> unlogged, CancellationToken ct)
    {
        if (_folds.Count > MostFolds) _folds.Clear();
        List<Part> parts = [];
        foreach (var stream in events.GroupBy(e => e.Stream))
            if (await PartOfAsync(stream.Key, [.. stream.OrderBy(e => e.Version)], ct) is { } part) parts.Add(part);

        // Streams that are folded from the first event are short, and share one read. Each of the others starts at its
        // own version.
        var between = new Dictionary<StreamId, IReadOnlyList<EventRecord>>();
        foreach (var reads in parts.Where(part => part.IsLacking).GroupBy(part => (part.Fold.Version, Alone: part.Fold.Version == 0 ? (StreamId?)null : part.Stream)))
            foreach (var (stream, found) in await history.ReadStreamsAsync([.. reads.Select(part => part.Stream)], new HistoryBounds(reads.Key.Version + 1, reads.Max(part => part.Events[^1].Version)), ct))
                between.Add(stream, found);

        var changes = new Dictionary<Guid, IReadOnlyList<DocumentChange>>();
        foreach (var part in parts) Fold(part, [.. between.GetValueOrDefault(part.Stream) ?? [], .. unlogged.Where(e => e.Stream == part.Stream)], changes);
        return changes;
    }

    private async Task<Part?> PartOfAsync(StreamId stream, IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        if (models.DocumentOf(stream.Category) is not { } follower) return null;
        if (!_folds.TryGetValue(stream, out var fold) || fold.Version >= events[0].Version) _folds[stream] = fold = await follower.BeginFoldAsync(stream, new HistoryBounds(ToVersion: events[0].Version - 1), ct);
        return new Part(stream, fold, events);
    }

    private void Fold(Part part, IReadOnlyList<EventRecord> between, Dictionary<Guid, IReadOnlyList<DocumentChange>> changes)
    {
        var told = part.Events.ToDictionary(e => e.Version);
        try
        {
            foreach (var e in part.Events.UnionBy(between, e => e.Version).Where(e => e.Version > part.Fold.Version && e.Version <= part.Events[^1].Version).OrderBy(e => e.Version))
            {
                var before = told.ContainsKey(e.Version) ? part.Fold.Document : null;
                part.Fold.Apply(e);
                if (told.TryGetValue(e.Version, out var one)) changes[one.EventId] = Between(before, part.Fold.Document);
            }
        }
#pragma warning disable CA1031 // A document that cannot be folded is verification's business; the trail is shown without it.
        catch (Exception)
#pragma warning restore CA1031
        {
            _folds.Remove(part.Stream);
        }
    }

    private static IReadOnlyList<DocumentChange> Between(string? before, string? after) =>
    [
        .. JsonChanges.Between(before ?? "{}", after ?? "{}")
            .Where(change => !OfEveryEvent.Contains(change.Path) || before is null || after is null)
            .Select(change => new DocumentChange(change.Path["$.".Length..], change.Before, change.After)),
    ];

    /// <summary>The requested events of one stream, sorted by version.</summary>
    private sealed record Part(
        StreamId Stream,
        IDocumentFold Fold,
        IReadOnlyList<EventRecord> Events)
    {
        /// <summary>True if events before or between them were not folded yet.</summary>
        public bool IsLacking => Events[^1].Version - Fold.Version != Events.Count;
    }
}
