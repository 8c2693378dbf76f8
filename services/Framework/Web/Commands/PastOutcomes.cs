using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Finds the outcomes of commands that are sent here.</summary>
public sealed class PastOutcomes(OutcomeReader outcomes, Domain domain)
{
    /// <summary>
    /// Returns the command's outcome, or null if it is undecided, and whether another request used its key.
    /// </summary>
    public async Task<(CommandOutcome? Outcome, bool KeyIsTaken)> FindAsync(StreamTip tip, CommandRecord record, CancellationToken ct)
    {
        var past = await outcomes.FindAsync(tip, new OutcomeQuery(record.Stream, record.CommandId, record.KeyId), record.At, ct);
        return (past.OutcomeOf(record, domain.Commands), past.KeyIsTaken);
    }
}
