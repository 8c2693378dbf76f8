using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.Operator.Import;

/// <summary>The outcome of an imported command.</summary>
/// <param name="Version">The stream's version after the command.</param>
public sealed record Ending(
    CommandStatus Status,
    long Version,
    string? Code,
    string? Reason);

/// <summary>
/// Finds the outcomes of many commands. It reads the tips first, then one log query for outcomes that the tips no
/// longer hold.
/// </summary>
internal sealed class Endings(IStreamTips tips, IOutcomeLog log)
{
    /// <returns>The outcomes by command id; a command without an outcome is missing.</returns>
    public async Task<IReadOnlyDictionary<Guid, Ending>> FindAsync(IReadOnlyCollection<CommandRecord> commands, CancellationToken ct)
    {
        var loaded = await tips.LoadAsync([.. commands.Select(command => command.Stream).Distinct()], ct);
        var found = new Dictionary<Guid, Ending>(commands.Count);
        List<OutcomeQuery> forgotten = [];
        foreach (var command in commands)
        {
            if (loaded.GetValueOrDefault(command.Stream) is not { } tip) continue;
            if (InTip(tip, command.CommandId) is { } ending) found[command.CommandId] = ending;
            else if (tip.Ring.MayHaveForgotten(command.KeyId, issuedAt: null)) forgotten.Add(new OutcomeQuery(command.Stream, command.CommandId, null));
        }

        if (forgotten.Count == 0) return found;
        foreach (var outcome in await log.FindOutcomesAsync(forgotten, ct)) found.TryAdd(outcome.CommandId, Of(outcome));
        return found;
    }

    private static Ending? InTip(StreamTip tip, Guid command) => PastCommand.In(tip, command) switch
    {
        { Outcome: { } newest } => Of(newest),
        { Entry: { } entry } => new Ending(entry.Status, entry.Version, entry.Code, Reason: null),
        _ => null,
    };

    private static Ending Of(CommandOutcome outcome) => new(outcome.Status, outcome.Version, outcome.Code, outcome.Reason);
}
