using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.Operator.Verify;

/// <summary>Every command that was put has an outcome. One that waits for its turn is waited for, as long as the shop gets on.</summary>
public sealed class CommandCheck(ICommandTrail trail, IEventLog log, IStreamTips tips, TimeProvider time)
{
    private const int Chunk = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>So many pauses in which nothing was decided end the wait: longer than a process takes to be started again.</summary>
    private const int Patience = 10;

    /// <summary>The commands without an outcome, as differences.</summary>
    /// <param name="category">Only commands on streams of this category; null for all.</param>
    public async Task<IReadOnlyList<Difference>> RunAsync(string? category, CancellationToken ct)
    {
        List<PutCommand> open = [];
        await foreach (var chunk in trail.ReadAsync(ct).Where(put => category is null || put.Stream.Category == category).Chunk(Chunk).WithCancellation(ct))
            open.AddRange(await OpenAsync(chunk, ct));

        for (var idle = 0; open.Count > 0 && idle < Patience; idle++)
        {
            await Task.Delay(Pause, time, ct);
            List<PutCommand> still = [];
            foreach (var chunk in open.Chunk(Chunk)) still.AddRange(await OpenAsync(chunk, ct));
            if (still.Count < open.Count) idle = -1;
            open = still;
        }

        return [.. open.Select(put => new Difference(Differences.CommandWithoutOutcome, put.Stream, $"command {put.CommandId}, put at {put.PutAt:O}, has no outcome"))];
    }

    private async Task<IReadOnlyList<PutCommand>> OpenAsync(IReadOnlyList<PutCommand> commands, CancellationToken ct)
    {
        var logged = (await log.FindOutcomesAsync([.. commands.Select(put => new OutcomeQuery(put.Stream, put.CommandId, null)).Distinct()], ct)).Select(outcome => outcome.CommandId).ToHashSet();
        var open = commands.Where(put => !logged.Contains(put.CommandId)).DistinctBy(put => put.CommandId).ToList();
        if (open.Count == 0) return [];
        var heads = await tips.LoadAsync([.. open.Select(put => put.Stream).Distinct()], ct);
        return [.. open.Where(put => heads.GetValueOrDefault(put.Stream)?.Newest.Outcomes.Any(outcome => outcome.CommandId == put.CommandId) != true)];
    }
}
