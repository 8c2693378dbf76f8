using System.Text;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A stream's tip: what the next decision needs, and the newest commit, until the log has it for sure. One conditional write of it commits decisions, events and outcomes together or not at all.
/// </summary>
/// <param name="Version">The version of the stream's last event; 0 where all was refused so far.</param>
/// <param name="StateShape">The shape that the state was written in. If it is not the decider's, the state is folded again.</param>
/// <param name="StateUtf8">The decision state: JSON in UTF-8.</param>
/// <param name="Position">The last command record that was decided for this stream.</param>
/// <param name="LastAt">The time of the last decision: time never runs backwards within a stream.</param>
/// <param name="Newest">The events and outcomes of the newest commit.</param>
/// <param name="Ring">The last outcomes, for commands that come twice.</param>
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
    /// Commands that wait, in the order of the command stream: the code that met them could not decide the first one.
    /// <see cref="Position"/> covers them. While there are any, later commands of the stream wait behind them.
    /// </summary>
    public IReadOnlyList<ParkedRecord> Parked { get; init; } = [];

    /// <summary>Whether <see cref="Newest"/> decides parked commands. No batch brings these again.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Whether the tip was read as JSON.</summary>
    internal bool IsJson { get; init; }

    /// <summary>Tells this commit of the stream from every other: each one advances, or takes parked commands.</summary>
    public (SourcePosition Position, int Parked) Mark => (Position, Parked.Count);

    /// <summary>The decision state; null where it was written in another shape than this decider's, and must be folded again.</summary>
    /// <exception cref="System.Text.Json.JsonException">It cannot be read.</exception>
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

    /// <exception cref="FormatException">The bytes that the tip holds are no commit.</exception>
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

    /// <summary>Whether an outcome may be of the command, or of the idempotency key. False says for sure that none is.</summary>
    internal bool MayName(Guid id) => _outcomes is not null || _stored!.MayName(id);
}
