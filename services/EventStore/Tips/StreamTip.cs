using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A stream's tip: what the next decision needs, and the newest commit, until the log has it for sure. One conditional write of it commits decisions, events and outcomes together or not at all.
/// </summary>
/// <param name="Version">The version of the stream's last event; 0 where all was refused so far.</param>
/// <param name="StateShape">The shape <paramref name="State"/> was written in; another one than the decider's is folded anew.</param>
/// <param name="State">The decision state, JSON.</param>
/// <param name="Position">The last command record that was decided for this stream.</param>
/// <param name="LastAt">The time of the last decision: time never runs backwards within a stream.</param>
/// <param name="Newest">The events and outcomes of the newest commit.</param>
/// <param name="Ring">The last outcomes, for commands that come twice.</param>
public sealed record StreamTip(
    StreamId Stream,
    long Version,
    int StateShape,
    string State,
    SourcePosition Position,
    DateTimeOffset LastAt,
    Commit Newest,
    OutcomeRing Ring)
{
    /// <summary>
    /// Commands that wait, in the order of the command stream: the code that met them could not decide the first one.
    /// <see cref="Position"/> covers them. While there are any, later commands of the stream wait behind them.
    /// </summary>
    public IReadOnlyList<ParkedRecord> Parked { get; init; } = [];

    /// <summary>Whether <see cref="Newest"/> decides parked commands. No batch brings these again.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Tells this commit of the stream from every other: each one advances, or takes parked commands.</summary>
    public (SourcePosition Position, int Parked) Mark => (Position, Parked.Count);

    /// <summary>The decision state; null where it was written in another shape than this decider's, and must be folded anew.</summary>
    /// <exception cref="System.Text.Json.JsonException">It cannot be read.</exception>
    public object? StateFor(IDecider decider) => StateShape == decider.StateShape ? decider.ReadState(State) : null;
}

/// <summary>What one conditional write committed.</summary>
public sealed record Commit(
    IReadOnlyList<EventRecord> Events,
    IReadOnlyList<CommandOutcome> Outcomes);
