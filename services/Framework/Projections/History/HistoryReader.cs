using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.Projections.History;

/// <summary>Reads the audit trail with the events of each command, and with their changes of documents.</summary>
/// <param name="models">The read models whose documents are compared. The first one of each category is used.</param>
public sealed class HistoryReader(IAuditTrail trail, ICommandLog log, IStreamHistory history, ReadModelCatalogue models)
{
    // The events of a page are one query, with the streams and commands in one list each.
    private const int PageSize = 500;

    /// <summary>
    /// Returns a page of one stream's trail, the newest first, and the place after which the next page starts, or null
    /// at the end.
    /// </summary>
    /// <param name="query">A query that names the stream.</param>
    /// <param name="tip">The stream's tip, because the log may lack the latest commit. Read it before this call. Null
    /// if it cannot be read.</param>
    public async Task<(IReadOnlyList<HistoryItem> Items, TrailPlace? Next)> ReadPageAsync(TrailQuery query, StreamTip? tip, TrailPlace? after, int limit, CancellationToken ct)
    {
        // One item more than the page shows whether there is a next page.
        var logged = await trail.ReadAsync(query, after, newestFirst: true, limit + 1, ct);
        CommandOutcome[] all =
        [
            .. (tip?.Newest.Outcomes ?? [])
                .Where(query.Names)
                .Where(outcome => after is null || TrailPlace.Of(outcome) < after)
                .Concat(logged)
                .DistinctBy(outcome => outcome.CommandId)
                .OrderByDescending(TrailPlace.Of),
        ];
        CommandOutcome[] page = [.. all.Take(limit)];
        return (await DescribeAsync(page, tip?.Newest.Events ?? [], new DocumentChanges(models, history), ct), all.Length > limit ? TrailPlace.Of(page[^1]) : null);
    }

    /// <summary>Streams the whole trail that matches the query, the oldest first, of any length.</summary>
    /// <param name="tip">The tip of the query's stream, because the log may lack the latest commit. Without it, commits
    /// that are only in tips are missing.</param>
    public async IAsyncEnumerable<HistoryItem> ReadAsync(TrailQuery query, StreamTip? tip, [EnumeratorCancellation] CancellationToken ct)
    {
        var changes = new DocumentChanges(models, history);
        var unlogged = (tip?.Newest.Outcomes ?? []).Where(query.Names).ToDictionary(outcome => outcome.CommandId);
        TrailPlace? after = null;
        while (await trail.ReadAsync(query, after, newestFirst: false, PageSize, ct) is { Count: > 0 } page)
        {
            foreach (var outcome in page) unlogged.Remove(outcome.CommandId);
            foreach (var item in await DescribeAsync(page, [], changes, ct)) yield return item;
            after = TrailPlace.Of(page[^1]);
        }

        foreach (var item in await DescribeAsync([.. unlogged.Values.OrderBy(TrailPlace.Of)], tip?.Newest.Events ?? [], changes, ct)) yield return item;
    }

    private async Task<IReadOnlyList<HistoryItem>> DescribeAsync(IReadOnlyList<CommandOutcome> commands, IReadOnlyList<EventRecord> newest, DocumentChanges changes, CancellationToken ct)
    {
        var applied = commands.Where(command => command.Status == CommandStatus.Applied).Select(command => (command.Stream, command.CommandId)).ToHashSet();
        var logged = await log.FindEventsAsync(applied, ct);
        var made = logged.Concat(newest.Where(e => applied.Contains((e.Stream, e.CommandId)))).DistinctBy(e => (e.Stream, e.Version)).ToLookup(e => (e.Stream, e.CommandId));
        var changed = await changes.OfAsync(made.SelectMany(events => events), newest, ct);
        return [.. commands.Select(command => HistoryItem.Of(command, [.. made[(command.Stream, command.CommandId)].OrderBy(e => e.Version).Select(e => HistoryEvent.Of(e, changed.GetValueOrDefault(e.EventId)))]))];
    }
}
