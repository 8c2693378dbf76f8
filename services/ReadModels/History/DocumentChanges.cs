using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ReadModels.History;

/// <summary>
/// Tells what events did to the documents of their streams. It remembers how far it has folded each stream, so that who goes through a history in the order of time folds every event once. Not thread-safe.
/// </summary>
public sealed class DocumentChanges(ReadModelCatalogue models, IEventHistory history)
{
    /// <summary>A folded document is a few KB: some 20 MB.</summary>
    private const int MostFolds = 5_000;

    private static readonly string[] OfEveryEvent = ["$.version", "$.updatedAt"];

    private readonly Dictionary<StreamId, IDocumentFold> _folds = [];

    /// <summary>What each of these events has changed, by its id; one whose document no read model has, or cannot be folded, is missing.</summary>
    /// <param name="unlogged">Events that the log may not have yet, of any stream.</param>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<DocumentChange>>> OfAsync(IEnumerable<EventRecord> events, IReadOnlyCollection<EventRecord> unlogged, CancellationToken ct)
    {
        if (_folds.Count > MostFolds) _folds.Clear();
        Part[] parts = [.. events.GroupBy(e => e.Stream).Select(stream => PartOf(stream.Key, [.. stream.OrderBy(e => e.Version)])).OfType<Part>()];
        var lacking = parts.Where(part => part.IsLacking).ToList();
        var between = lacking.Count == 0
            ? new Dictionary<StreamId, IReadOnlyList<EventRecord>>()
            : await history.ReadStreamsAsync([.. lacking.Select(part => part.Stream)], new HistoryBounds(lacking.Min(part => part.Fold.Version) + 1, lacking.Max(part => part.Events[^1].Version)), ct);

        var changes = new Dictionary<Guid, IReadOnlyList<DocumentChange>>();
        foreach (var part in parts) Fold(part, [.. between.GetValueOrDefault(part.Stream) ?? [], .. unlogged.Where(e => e.Stream == part.Stream)], changes);
        return changes;
    }

    private Part? PartOf(StreamId stream, IReadOnlyList<EventRecord> events)
    {
        if (models.DocumentOf(stream.Category) is not { } follower) return null;
        if (!_folds.TryGetValue(stream, out var fold) || fold.Version >= events[0].Version) _folds[stream] = fold = follower.BeginFold();
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

    /// <summary>One stream's events of those that are asked about, by version.</summary>
    private sealed record Part(
        StreamId Stream,
        IDocumentFold Fold,
        IReadOnlyList<EventRecord> Events)
    {
        /// <summary>Whether there are events before or between them that were not folded yet.</summary>
        public bool IsLacking => Events[^1].Version - Fold.Version != Events.Count;
    }
}
