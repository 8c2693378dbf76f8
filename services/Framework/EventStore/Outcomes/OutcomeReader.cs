using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Outcomes;

/// <summary>Finds how a command ended: one read of the stream's tip, and one of the log only where the tip cannot tell.</summary>
public sealed class OutcomeReader(IStreamTips tips, IEventLog log)
{
    /// <summary>The outcome of a command, or null while it has none.</summary>
    public async Task<CommandOutcome?> FindAsync(StreamId stream, Guid commandId, CancellationToken ct)
    {
        if (await tips.FindAsync(stream, ct) is not { } tip) return null;
        if (tip.Newest.Outcomes.FirstOrDefault(outcome => outcome.CommandId == commandId) is { } newest) return newest;

        var inRing = tip.Ring.Entries.Any(entry => entry.CommandId == commandId);
        if (!inRing && tip.Ring.EvictedThrough is null) return null;
        var logged = await log.FindOutcomesAsync([new OutcomeQuery(stream, commandId, null)], ct);
        return logged.Count > 0 ? logged[0] : await AgainInTipAsync(stream, outcome => outcome.CommandId == commandId, ct);
    }

    /// <summary>The outcome of the request that took an idempotency key first, or null where none has it. What was refused because another request had the key does not count.</summary>
    public async Task<CommandOutcome?> FindByKeyAsync(StreamId stream, Guid keyId, CancellationToken ct)
    {
        if (await tips.FindAsync(stream, ct) is not { } tip) return null;

        // Nothing was pushed out: the first one in the ring is the first there was.
        var inRing = tip.Ring.Entries.FirstOrDefault(entry => entry.KeyId == keyId && entry.Code != CommonRefusals.IdempotencyKeyReused.Code);
        if (tip.Ring.EvictedThrough is null)
        {
            if (inRing is null) return null;
            if (tip.Newest.Outcomes.FirstOrDefault(outcome => outcome.CommandId == inRing.CommandId) is { } newest) return newest;
        }

        var logged = await log.FindOutcomesAsync([new OutcomeQuery(stream, inRing?.CommandId ?? Guid.Empty, keyId)], ct);
        return logged.Where(outcome => TookKey(outcome, keyId)).MinBy(outcome => outcome.At)
            ?? tip.Newest.Outcomes.FirstOrDefault(outcome => TookKey(outcome, keyId))
            ?? await AgainInTipAsync(stream, outcome => TookKey(outcome, keyId), ct);
    }

    // A commit between the two reads: what the log did not have yet is in the newer tip.
    private async Task<CommandOutcome?> AgainInTipAsync(StreamId stream, Func<CommandOutcome, bool> wanted, CancellationToken ct) =>
        (await tips.FindAsync(stream, ct))?.Newest.Outcomes.FirstOrDefault(wanted);

    private static bool TookKey(CommandOutcome outcome, Guid keyId) => outcome.KeyId == keyId && outcome.Code != CommonRefusals.IdempotencyKeyReused.Code;
}
