using System.Text;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A stream's tip: what the next decision needs, and the latest commit until the log surely has it. One conditional
/// write commits decisions, events and outcomes together or not at all.
/// </summary>
/// <param name="Version">The version of the stream's last event, or 0 if all commands so far were refused.</param>
/// <param name="StateShape">The shape of the state. If the decider has another shape, the state is folded from the
/// events.</param>
/// <param name="StateUtf8">The decider's state as JSON in UTF-8.</param>
/// <param name="Position">The position of the last command record that was decided for this stream.</param>
/// <param name="LastAt">The time of the last decision. Time never decreases within a stream.</param>
/// <param name="Newest">The events and outcomes of the latest commit.</param>
/// <param name="Ring">The latest outcomes, from which repeated commands are recognized.</param>
public sealed record StreamTip(
    StreamId Stream,
    long Version,
    int StateShape,
    ReadOnlyMemory<byte> StateUtf8,
    SourcePosition Position,
    DateTimeOffset LastAt,
    Commit Newest,
    OutcomeRing Ring)
{
    public StreamTip(
        StreamId stream,
        long version,
        int stateShape,
        string state,
        SourcePosition position,
        DateTimeOffset lastAt,
        Commit newest,
        OutcomeRing ring)
        : this(stream, version, stateShape, Encoding.UTF8.GetBytes(state), position, lastAt, newest, ring)
    {
    }

    /// <summary><see cref="StateUtf8"/> as a text, which each call decodes.</summary>
    public string State
    {
        get => Encoding.UTF8.GetString(StateUtf8.Span);
        init => StateUtf8 = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>
    /// Parked commands in the order of the command stream. The code that read them could not decide the first one. <see
    /// cref="Position"/> covers them. While there are any, later commands of the stream wait behind them.
    /// </summary>
    public IReadOnlyList<ParkedRecord> Parked { get; init; } = [];

    /// <summary>True if <see cref="Newest"/> decides parked commands. No batch delivers these again.</summary>
    public bool IsResumed { get; init; }

    /// <summary>True if the tip was read as JSON.</summary>
    internal bool IsJson { get; init; }

    /// <summary>
    /// Identifies this commit among the stream's commits: each one advances the position or takes parked commands.
    /// </summary>
    public (SourcePosition Position, int Parked) Mark => (Position, Parked.Count);

    /// <summary>
    /// Returns the decider's state, or null if it has another shape and must be folded from the events.
    /// </summary>
    /// <exception cref="System.Text.Json.JsonException">The state cannot be read.</exception>
    public object? StateFor(IDecider decider) => StateShape == decider.StateShape ? decider.ReadState(StateUtf8.Span) : null;
}

/// <summary>What one conditional write committed.</summary>
public sealed record Commit
{
    private readonly StoredCommit? _stored;
    private readonly IReadOnlyList<EventRecord>? _events;
    private readonly IReadOnlyList<CommandOutcome>? _outcomes;

    public Commit(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes) =>
        (_events, _outcomes) = (events, outcomes);

    internal Commit(StoredCommit stored) => _stored = stored;

    /// <exception cref="FormatException">The tip's bytes are not a commit.</exception>
    public IReadOnlyList<EventRecord> Events
    {
        get => _events ?? _stored!.Read().Events;
        init => _events = value;
    }

    /// <inheritdoc cref="Events"/>
    public IReadOnlyList<CommandOutcome> Outcomes
    {
        get => _outcomes ?? _stored!.Read().Outcomes;
        init => _outcomes = value;
    }

    /// <summary>
    /// Returns false only if no outcome belongs to this command or idempotency key. True may be wrong.
    /// </summary>
    internal bool MayName(Guid id) => _outcomes is not null || _stored!.MayName(id);
}
