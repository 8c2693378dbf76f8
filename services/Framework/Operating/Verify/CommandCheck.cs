using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// Checks that every record on the command stream has an outcome, and that the unreadable ones were refused. While the
/// consumer makes progress, the check waits for commands without an outcome.
/// </summary>
public sealed class CommandCheck(ICommandTrail trail, IEventLog log, IStreamTips tips, TimeProvider time)
{
    private const int Chunk = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The number of pauses without progress that end the wait: longer than a process restart.</summary>
    private const int Patience = 10;

    /// <summary>
    /// Returns the records without an outcome, or with an outcome that the write path cannot have given.
    /// </summary>
    /// <param name="category">Checks only commands on streams of this category; null for all.</param>
    public async Task<IReadOnlyList<Difference>> RunAsync(string? category, CancellationToken ct)
    {
        List<PutCommand> open = [];
        List<Difference> wrong = [];
        Dictionary<Guid, Difference> parked = [];
        await foreach (var chunk in trail.ReadAsync(ct).Where(put => category is null || put.Stream.Category == category).Chunk(Chunk).WithCancellation(ct))
            open.AddRange(await OpenAsync(chunk, wrong, parked, ct));

        for (var idle = 0; open.Count > 0 && idle < Patience; idle++)
        {
            await Task.Delay(Pause, time, ct);
            List<PutCommand> still = [];
            foreach (var chunk in open.Chunk(Chunk)) still.AddRange(await OpenAsync(chunk, wrong, parked, ct));
            if (still.Count < open.Count) idle = -1;
            open = still;
        }

        return
        [
            .. open.Select(put => parked.GetValueOrDefault(put.CommandId) ?? new Difference(
                Differences.CommandWithoutOutcome,
                put.Stream,
                $"{NameOf(put)}, put at {put.PutAt:O}, has no outcome")),
            .. wrong,
        ];
    }

    private async Task<IReadOnlyList<PutCommand>> OpenAsync(
        IReadOnlyList<PutCommand> commands,
        List<Difference> wrong,
        Dictionary<Guid, Difference> parked,
        CancellationToken ct)
    {
        var wanted = commands.SelectMany(put => IdsOf(put).Select(id => new OutcomeQuery(put.Stream, id, null))).Distinct();
        var logged = (await log.FindOutcomesAsync([.. wanted], ct)).ToLookup(outcome => outcome.CommandId);
        foreach (var put in commands.Where(put => put.IsUnreadable))
        {
            if (logged[put.CommandId].FirstOrDefault(outcome => outcome.Code != CommonRefusals.Malformed.Code) is { } other)
            {
                wrong.Add(new Difference(
                    Differences.RecordMisjudged,
                    put.Stream,
                    $"{NameOf(put)} is {other.Status} {other.Code}, and should be refused as {CommonRefusals.Malformed}"));
            }
        }

        var open = commands.Where(put => !IdsOf(put).Any(logged.Contains)).DistinctBy(put => put.CommandId).ToList();
        if (open.Count == 0) return [];
        var heads = await tips.LoadAsync([.. open.Select(put => put.Stream).Distinct()], ct);
        foreach (var put in open.Where(put => heads.GetValueOrDefault(put.Stream)?.Parked.Any(record => record.CommandId == put.CommandId) == true))
        {
            parked[put.CommandId] = new Difference(
                Differences.CommandParked,
                put.Stream,
                $"{NameOf(put)}, put at {put.PutAt:O}, waits for a newer release: operator parked list");
        }

        return [.. open.Where(put => heads.GetValueOrDefault(put.Stream)?.Newest.Outcomes.Any(outcome => outcome.CommandId == put.CommandId) != true)];
    }

    private static string NameOf(PutCommand put) =>
        put.IsUnreadable ? $"the unreadable record recorded as command {put.CommandId}" : $"command {put.CommandId}";

    private static IEnumerable<Guid> IdsOf(PutCommand put) =>
        put.FormerId is { } former ? [put.CommandId, former] : [put.CommandId];
}
