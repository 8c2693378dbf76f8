using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.EdgeCache;

/// <summary>
/// Invalidates changed documents. It waits until every served version of the read model shows the change: otherwise the
/// edge would fetch the old document again. When the budget is spent, it invalidates nothing, and the edge's copies
/// expire after their lifetime. Hints are ignored, because a rebuild changes no document.
/// </summary>
/// <param name="changeOf">Returns the document that an event changes, or null for none.</param>
public sealed partial class EdgeInvalidator(
    Func<EventRecord, EdgeChange?> changeOf,
    IReadModelVersions documents,
    IInvalidations invalidations,
    IInvalidationBudget budget,
    TimeProvider clock,
    ILogger<EdgeInvalidator> log)
{
    /// <summary>The read model usually shows a change within a second of the event.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Waits for the read model until <paramref name="stopAt"/> at most. Returns the streams whose document could not
    /// be invalidated, each with its error.
    /// </summary>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> InvalidateAsync(
        IReadOnlyList<StreamBatch> streams,
        DateTimeOffset stopAt,
        CancellationToken ct)
    {
        var errors = new Dictionary<StreamId, Exception>();
        var changed = ChangesOf(streams, errors);
        try
        {
            var shown = await WaitAsync(changed, stopAt, ct);
            foreach (var change in changed.Except(shown))
                errors[change.Stream] = new TimeoutException($"The read model does not show version {change.Version} of {change.Stream} yet.");
            await InvalidateAsync(shown, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            foreach (var change in changed) errors.TryAdd(change.Stream, e);
        }

        return errors;
    }

    /// <summary>
    /// Returns the latest change of each stream. An event of an unknown type fails its stream, because only newer code
    /// knows whether the event changes a document.
    /// </summary>
    private List<EdgeChange> ChangesOf(IReadOnlyList<StreamBatch> streams, Dictionary<StreamId, Exception> errors)
    {
        var changes = new List<EdgeChange>();
        foreach (var batch in streams)
        {
            try
            {
                if (batch.Events.Select(changeOf).LastOrDefault(change => change is not null) is { } newest) changes.Add(newest);
            }
            catch (Exception e)
            {
                errors[batch.Stream] = e;
            }
        }

        return changes;
    }

    /// <summary>Returns the changes that the read model shows before the time runs out.</summary>
    private async Task<List<EdgeChange>> WaitAsync(List<EdgeChange> changed, DateTimeOffset stopAt, CancellationToken ct)
    {
        var giveUpAt = clock.GetUtcNow() + Patience < stopAt ? clock.GetUtcNow() + Patience : stopAt;
        var waiting = changed;
        while (waiting.Count > 0)
        {
            var versions = await documents.LoadVersionsAsync([.. waiting.Select(change => change.Stream)], ct);
            waiting = [.. waiting.Where(change => versions.GetValueOrDefault(change.Stream) < change.Version)];
            if (waiting.Count == 0 || clock.GetUtcNow() + Look > giveUpAt) break;
            await Task.Delay(Look, clock, ct);
        }

        return [.. changed.Except(waiting)];
    }

    private async Task InvalidateAsync(List<EdgeChange> shown, CancellationToken ct)
    {
        List<string> paths = [.. shown.Select(change => change.Path).Distinct()];
        if (paths.Count == 0) return;
        var granted = await budget.TakeAsync(paths.Count, ct);
        if (granted < paths.Count) LogBudgetSpent(paths.Count - granted);
        var first = paths.Take(granted).ToHashSet();
        if (granted > 0) await invalidations.CreateAsync([.. shown.Where(change => first.Contains(change.Path))], ct);
    }

    [LoggerMessage(1, LogLevel.Warning, "The invalidation budget is spent: the edge may serve old copies of {Count} documents until they expire.")]
    private partial void LogBudgetSpent(int count);
}
