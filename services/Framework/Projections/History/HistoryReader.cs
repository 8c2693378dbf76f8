using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.Projections.History;

/// <summary>Reads the audit trail with the events that each command made, and with what these did to the documents.</summary>
/// <param name="models">Whose documents are told of: of each category the first read model's.</param>
public sealed class HistoryReader(IAuditTrail trail, IEventLog log, IEventHistory history, ReadModelCatalogue models)
{
    // A page's events are one query, whose streams and commands are in one list each.
    private const int PageSize = 500;

    /// <summary>A page of one stream's trail, the newest first, and the place after which the next one begins; null at the end.</summary>
    /// <param name="query">Names the stream.</param>
    /// <param name="tip">The stream's: its newest commit may not be in the log yet. Read before this is called; null where it cannot be told.</param>
    public async Task<(IReadOnlyList<HistoryItem> Items, TrailPlace? Next)> ReadPageAsync(TrailQuery query, StreamTip? tip, TrailPlace? after, int limit, CancellationToken ct)
    {
        // One more than the page tells whether there is a next one.
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

    /// <summary>The whole trail that the query names, the oldest first, streamed, whatever its length.</summary>
    /// <param name="tip">Where the query names a stream, its tip: the newest commit may not be in the log yet. Without it, what only tips hold is missing.</param>
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
