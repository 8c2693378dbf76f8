using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Reconciling;

/// <summary>
/// Checks for each stream that every live read model has reached its version. If an item lags longer than a message
/// takes, the message was lost or became a dead letter. The reconciler then projects the stream immediately. It writes
/// only to read models: it sends no mail and invalidates nothing.
/// </summary>
public sealed class Reconciler(LiveReadModels live, IStreamIndex index, IStreamTips tips, IEventHistory history, TimeProvider time)
{
    /// <summary>
    /// An item that lags less may still get its message. A message is retried after three minutes, and rarely twice.
    /// </summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(5);

    // ClickHouse and DynamoDB both handle this many at once.
    private const int PageStreams = 500;

    /// <summary>
    /// Reconciles the streams after a position (null for the beginning), and returns where it stopped, or null at the
    /// end.
    /// </summary>
    /// <param name="limit">It stops after the first page of streams that reaches this number.</param>
    public async Task<(ReconcileReport Report, StreamId? Through)> RunAsync(StreamId? after, int limit, TimeSpan grace, CancellationToken ct)
    {
        var models = await live.NowAsync(ct);
        var report = ReconcileReport.Nothing(models);
        var categories = models.Models.SelectMany(model => model.Followers).Select(follower => follower.Category).Distinct().Order(StringComparer.Ordinal);
        foreach (var category in categories.Where(category => after is not { } place || string.CompareOrdinal(category, place.Category) >= 0))
        {
            var through = after?.Category == category ? after : null;
            while (true)
            {
                var wanted = Math.Min(PageStreams, limit - (int)report.Streams);
                StreamId[] page = [.. (await index.ListAsync(new StreamRange(category, through), wanted, ct)).Select(one => one.Stream)];
                report = report.Plus(await ReconcileAsync(models, page, grace, ct));
                if (page.Length > 0) through = page[^1];
                if (report.Streams >= limit) return (report, through);
                if (page.Length < wanted) break;
            }
        }

        return (report, null);
    }

    /// <summary>Reconciles these streams of one category.</summary>
    private async Task<ReconcileReport> ReconcileAsync(ReadModelCatalogue models, IReadOnlyCollection<StreamId> streams, TimeSpan grace, CancellationToken ct)
    {
        if (streams.Count == 0) return ReconcileReport.Nothing(models);

        // The tips are read first, so that a later commit does not count as lag.
        var heads = await tips.LoadAsync(streams, ct);
        var all = models.Models.Where(model => model.Of(streams.First().Category) is not null);
        return new ReconcileReport(streams.Count, await Task.WhenAll(all.Select(model => ReconcileAsync(model, heads, grace, ct))));
    }

    private async Task<ModelHealth> ReconcileAsync(ReadModel model, IReadOnlyDictionary<StreamId, StreamTip> heads, TimeSpan grace, CancellationToken ct)
    {
        var versions = await model.LoadVersionsAsync([.. heads.Keys], ct);
        StreamTip[] behind = [.. heads.Values.Where(tip => versions.GetValueOrDefault(tip.Stream) < tip.Version)];
        var since = await MissingSinceAsync(behind, versions, ct);

        // An event that neither log nor tip has is not on its way.
        StreamTip[] late = [.. behind.Where(tip => !since.TryGetValue(tip.Stream, out var at) || time.GetUtcNow() - at >= grace)];
        var projected = late.Length == 0 ? [] : await model.ProjectAsync([.. late.Select(tip => new StreamBatch(tip.Stream, [], [new StreamHint(tip.Stream, tip.Version)]))], ct);
        StuckItem[] stuck = [.. projected.Where(one => one.Error is not null).Select(one => new StuckItem(one.Stream, versions.GetValueOrDefault(one.Stream), heads[one.Stream].Version, $"{one.Error!.GetType().Name}: {one.Error.Message}"))];
        return new ModelHealth(model.Name, heads.Count, behind.Length - late.Length, late.Length - stuck.Length, stuck);
    }

    /// <summary>Returns the time of the first event that each of these items lacks.</summary>
    private async Task<Dictionary<StreamId, DateTimeOffset>> MissingSinceAsync(IReadOnlyCollection<StreamTip> behind, IReadOnlyDictionary<StreamId, long> versions, CancellationToken ct)
    {
        var since = new Dictionary<StreamId, DateTimeOffset>();
        List<StreamTip> unknown = [];
        foreach (var tip in behind)
        {
            if (tip.Newest.Events.FirstOrDefault(e => e.Version == versions.GetValueOrDefault(tip.Stream) + 1) is { } missing) since[tip.Stream] = missing.At;
            else unknown.Add(tip);
        }

        foreach (var at in unknown.GroupBy(tip => versions.GetValueOrDefault(tip.Stream) + 1, tip => tip.Stream))
            foreach (var (stream, events) in await history.ReadStreamsAsync([.. at], new HistoryBounds(at.Key, at.Key), ct))
                since[stream] = events[0].At;
        return since;
    }
}
