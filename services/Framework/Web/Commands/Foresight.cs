using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>
/// Predicts the outcome of a command from the current tip. Commands in flight may change the tip. The consumer decides,
/// and a prediction only selects the answer.
/// </summary>
public sealed class Foresight(Domain domain, ILogger<Foresight> logger)
{
    /// <summary>Returns null if the tip's state has another shape.</summary>
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

    /// <summary>Returns the tip's state, or null if it has another shape.</summary>
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

/// <param name="Decision">The decider's result, regardless of key and version.</param>
/// <param name="Bar">Why key or version will refuse the command, or null if they do not.</param>
/// <param name="StreamIsMissing">True if the command needs an existing stream, and there is none.</param>
public readonly record struct Prediction(
    Decision Decision,
    Decision? Bar,
    bool StreamIsMissing)
{
    /// <summary>True if the write path will probably refuse the command.</summary>
    public bool IsRefused => (Bar ?? Decision) is Decision.Refused;

    /// <summary>The refusal that no command in flight can change, because it concerns the actor.</summary>
    public Decision.Refused? Forbidden => Decision is Decision.Refused { Kind: RefusalKind.Forbidden } refused ? refused : null;

    /// <summary>The refusal of a command that needs an existing stream, and there is none.</summary>
    public Decision.Refused? Missing => StreamIsMissing ? Decision as Decision.Refused : null;

    /// <summary>True if the stream is already in the requested state, and the client saw its version.</summary>
    public bool IsDone => Decision is Decision.Nothing && Bar is not Decision.Refused { Kind: RefusalKind.Stale };
}
