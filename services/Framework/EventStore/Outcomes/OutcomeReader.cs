using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Outcomes;

/// <summary>Finds what became of a command: in its stream's tip, and in the log only where the tip has forgotten it.</summary>
public sealed class OutcomeReader(IStreamTips tips, IOutcomeLog log)
{
    /// <summary>The outcome of a command, or null while it has none. Reads the tip.</summary>
    public async Task<CommandOutcome?> FindAsync(StreamId stream, Guid commandId, CancellationToken ct)
    {
        if (await tips.FindAsync(stream, ct) is not { } tip) return null;
        var past = await FindAsync(tip, new OutcomeQuery(stream, commandId, KeyId: null), issuedAt: null, ct);
        if (past.Outcome is not null || !past.IsFromLog) return past.Outcome;

        // A commit between the two reads: what the log did not have yet is in the newer tip.
        return (await tips.FindAsync(stream, ct))?.Newest.Outcomes.FirstOrDefault(outcome => outcome.CommandId == commandId);
    }

    /// <summary>What a tip that was just read knows of a command and its key. Asks the log where the tip may have forgotten.</summary>
    /// <param name="issuedAt">When the command was issued; null when unknown.</param>
    public async Task<PastCommand> FindAsync(StreamTip tip, OutcomeQuery wanted, DateTimeOffset? issuedAt, CancellationToken ct)
    {
        var past = PastCommand.In(tip, wanted.CommandId);
        if (past.Outcome is not null) return past;
        var keyIsInRing = past.Entry is null && tip.Ring.KnowsKey(wanted.KeyId);
        if (past.Entry is null && !tip.Ring.MayHaveForgotten(wanted.KeyId, issuedAt)) return past with { KeyIsTaken = keyIsInRing };

        var logged = await log.FindOutcomesAsync([wanted], ct);
        var own = logged.FirstOrDefault(outcome => outcome.CommandId == wanted.CommandId);
        return new PastCommand(own, past.Entry)
        {
            KeyIsTaken = own is null && past.Entry is null && (keyIsInRing || logged.Count > 0),
            IsFromLog = true,
        };
    }

    /// <summary>The outcome that the log has: final. That it has none says nothing, because the newest outcomes are in tips.</summary>
    public async Task<CommandOutcome?> FindInLogAsync(StreamId stream, Guid commandId, CancellationToken ct) =>
        (await log.FindOutcomesAsync([new OutcomeQuery(stream, commandId, KeyId: null)], ct))
            .FirstOrDefault(outcome => outcome.CommandId == commandId);
}

/// <summary>What is known of a command.</summary>
/// <param name="Outcome">Null where it is not decided, or where only <paramref name="Entry"/> is known.</param>
/// <param name="Entry">What the tip's ring remembers of it.</param>
public readonly record struct PastCommand(
    CommandOutcome? Outcome,
    RingEntry? Entry)
{
    /// <summary>Whether another request took its idempotency key.</summary>
    public bool KeyIsTaken { get; init; }

    /// <summary>Whether the log was asked.</summary>
    public bool IsFromLog { get; init; }

    /// <summary>What the tip alone knows.</summary>
    public static PastCommand In(StreamTip tip, Guid commandId)
    {
        if (tip.Newest.MayName(commandId) && tip.Newest.Outcomes.FirstOrDefault(outcome => outcome.CommandId == commandId) is { } newest)
            return new PastCommand(newest, Entry: null);
        return new PastCommand(
            Outcome: null,
            tip.Ring.MayName(commandId) ? tip.Ring.Entries.FirstOrDefault(entry => entry.CommandId == commandId) : null);
    }

    /// <summary>The outcome; where only the ring knows it, without events and reason. Null where it is not decided.</summary>
    public CommandOutcome? OutcomeOf(CommandRecord record, WireContracts commands) =>
        Outcome ?? (Entry is null ? null : CommandOutcome.Brief(Entry, record, commands.NameOf(record.Command).Name));
}
