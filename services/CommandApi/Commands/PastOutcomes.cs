using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.CommandApi.Commands;

/// <summary>Finds what became of a command: in the tip, and in the log where the tip has forgotten. A log that cannot be read makes a command look undecided; the consumer knows better and decides nothing twice.</summary>
public sealed class PastOutcomes(
    IEventLog log,
    TimeProvider time,
    ILogger<PastOutcomes> logger)
{
    /// <summary>An outcome is found within some 10 ms; after this, the consumer is the one to know.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>What is known of the command and of its key.</summary>
    public async Task<Past> FindAsync(StreamTip tip, CommandRecord record, CancellationToken ct)
    {
        if (tip.Newest.Outcomes.FirstOrDefault(outcome => outcome.CommandId == record.CommandId) is { } newest) return new Past(newest, KeyIsTaken: false);
        var entry = tip.Ring.Entries.FirstOrDefault(entry => entry.CommandId == record.CommandId);
        if (entry is null && !MayBeEvicted(tip.Ring, record)) return new Past(Outcome: null, IsKeyIn(tip.Ring, record.KeyId));
        var logged = await FindInLogAsync(record, ct);
        var own = logged.FirstOrDefault(outcome => outcome.CommandId == record.CommandId) ?? (entry is null ? null : Brief(entry, record));
        return new Past(own, KeyIsTaken: own is null && (logged.Count > 0 || IsKeyIn(tip.Ring, record.KeyId)));
    }

    private static bool IsKeyIn(OutcomeRing ring, Guid? keyId) => keyId is not null && ring.Entries.Any(entry => entry.KeyId == keyId);

    // A key may have been used at any time before: once anything was pushed out of the ring, only the log can tell.
    private static bool MayBeEvicted(OutcomeRing ring, CommandRecord record) =>
        ring.EvictedThrough is { } evicted && (record.KeyId is not null || evicted >= record.At);

    private async Task<IReadOnlyList<CommandOutcome>> FindInLogAsync(CommandRecord record, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            return await log.FindOutcomesAsync([new OutcomeQuery(record.Stream, record.CommandId, record.KeyId)], either.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning(e, "The log cannot tell what became of {Command} on {Stream}.", record.CommandId, record.Stream);
            return [];
        }
    }

    private static CommandOutcome Brief(RingEntry entry, CommandRecord record) => new(
        record.Stream,
        entry.CommandId,
        entry.KeyId,
        CommandType: Shop.ShopContracts.Commands.NameOf(record.Command).Name,
        entry.Status,
        entry.Version,
        Events: [],
        entry.Code,
        Reason: null,
        CommandData: null,
        record.Actor,
        At: entry.IssuedAt,
        entry.IssuedAt,
        CorrelationId: null,
        CausationId: null);

    /// <param name="Outcome">The command's outcome; null where it is not decided.</param>
    /// <param name="KeyIsTaken">Whether its idempotency key was used for another request.</param>
    public sealed record Past(
        CommandOutcome? Outcome,
        bool KeyIsTaken);
}
