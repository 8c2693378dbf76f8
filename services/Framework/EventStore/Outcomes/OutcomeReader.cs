using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Outcomes;

/// <summary>
/// Finds the outcome of a command in its stream's tip, and in the log only if the tip may have evicted it.
/// </summary>
public sealed class OutcomeReader(ITipSource tips, IOutcomeLog log)
{
    /// <summary>Returns the outcome of a command, or null while it has none. Reads the tip first.</summary>
    public async Task<CommandOutcome?> FindAsync(StreamId stream, Guid commandId, CancellationToken ct)
    {
        if (await tips.FindAsync(stream, ct) is not { } tip) return null;
        var past = await FindAsync(tip, new OutcomeQuery(stream, commandId, KeyId: null), issuedAt: null, ct);
        if (past.Outcome is not null || !past.IsFromLog) return past.Outcome;

        // Handles a commit between the two reads: outcomes that the log did not have yet are in the newer tip.
        return (await tips.FindAsync(stream, ct))?.Newest.Outcomes.FirstOrDefault(outcome => outcome.CommandId == commandId);
    }

    /// <summary>
    /// Returns what is known about a command and its key, given a tip that was just read. Reads the log if the tip may
    /// have evicted it.
    /// </summary>
    /// <param name="issuedAt">The time of the command's issue, or null if unknown.</param>
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

    /// <summary>
    /// Returns the outcome in the log, which is final. Null does not mean that there is none, because the latest
    /// outcomes are in tips.
    /// </summary>
    public async Task<CommandOutcome?> FindInLogAsync(StreamId stream, Guid commandId, CancellationToken ct) =>
        (await log.FindOutcomesAsync([new OutcomeQuery(stream, commandId, KeyId: null)], ct))
            .FirstOrDefault(outcome => outcome.CommandId == commandId);
}

/// <summary>What is known about a command.</summary>
/// <param name="Outcome">Null if the command is undecided, or if only <paramref name="Entry"/> is known.</param>
/// <param name="Entry">The command's entry in the tip's ring.</param>
public readonly record struct PastCommand(
    CommandOutcome? Outcome,
    RingEntry? Entry)
{
    /// <summary>True if another request used its idempotency key.</summary>
    public bool KeyIsTaken { get; init; }

    /// <summary>True if the log was read.</summary>
    public bool IsFromLog { get; init; }

    /// <summary>Returns what the tip alone knows.</summary>
    public static PastCommand In(StreamTip tip, Guid commandId)
    {
        if (tip.Newest.MayName(commandId) && tip.Newest.Outcomes.FirstOrDefault(outcome => outcome.CommandId == commandId) is { } newest)
            return new PastCommand(newest, Entry: null);
        return new PastCommand(
            Outcome: null,
            tip.Ring.MayName(commandId) ? tip.Ring.Entries.FirstOrDefault(entry => entry.CommandId == commandId) : null);
    }

    /// <summary>
    /// Returns the outcome, or null if the command is undecided. If only the ring knows it, events and reason are
    /// missing.
    /// </summary>
    public CommandOutcome? OutcomeOf(CommandRecord record, WireContracts commands) =>
        Outcome ?? (Entry is null ? null : CommandOutcome.Brief(Entry, record, commands.NameOf(record.Command).Name));
}
