using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>
/// Predicts what will become of a command, by the tip as it is now. Commands under way may change the tip: the consumer
/// decides, and a prediction only chooses how to answer.
/// </summary>
public sealed class Foresight(Domain domain, ILogger<Foresight> logger)
{
    /// <summary>Null when the tip's state has another shape and tells nothing.</summary>
    public Prediction? Of(StreamTip? tip, CommandRecord record, bool keyIsTaken)
    {
        var decider = domain.DeciderOf(record.Stream) ?? throw new InvalidOperationException($"No decider handles the stream {record.Stream}.");
        if (StateOf(tip, decider) is not { } state) return null;
        var at = tip is not null && tip.LastAt > record.At ? tip.LastAt : record.At;
        var context = new CommandContext(record.Stream, record.Actor, at);
        return new Prediction(
            Judge.Decide(decider, state, record.Command, context, record.CommandId, logger, out _),
            Judge.Bar(keyIsTaken, record.IfMatch, tip?.Version ?? 0),
            StreamIsMissing: tip is null or { Version: 0 } && !decider.Creates(record.Command));
    }

    /// <summary>The state as the tip has it; null when it was written in another shape and tells nothing.</summary>
    public static object? StateOf(StreamTip? tip, IDecider decider)
    {
        try
        {
            return tip is null ? decider.Initial : tip.StateFor(decider);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Decision">What the decider says of the command, whatever its key and version.</param>
/// <param name="Bar">Why key or version will refuse it; null when they do not.</param>
/// <param name="StreamIsMissing">Whether the stream must exist for the command, and does not.</param>
public readonly record struct Prediction(
    Decision Decision,
    Decision? Bar,
    bool StreamIsMissing)
{
    /// <summary>Whether the write path will probably refuse the command.</summary>
    public bool IsRefused => (Bar ?? Decision) is Decision.Refused;

    /// <summary>The refusal that no command under way can change, because it is about the actor.</summary>
    public Decision.Refused? Forbidden => Decision is Decision.Refused { Kind: RefusalKind.Forbidden } refused ? refused : null;

    /// <summary>The refusal of a command whose stream must exist, and does not.</summary>
    public Decision.Refused? Missing => StreamIsMissing ? Decision as Decision.Refused : null;

    /// <summary>Whether the stream already is as the command wants it, and the client saw its version.</summary>
    public bool IsDone => Decision is Decision.Nothing && Bar is not Decision.Refused { Kind: RefusalKind.Stale };
}
