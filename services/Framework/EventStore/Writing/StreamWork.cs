using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// One stream's part of a batch: its tip, the commands that were decided before, and those still to decide. A command
/// that this code cannot decide is parked in the tip, with all later ones.
/// </summary>
/// <param name="parked">Decodes a parked record.</param>
internal sealed class StreamWork(StreamId stream, IDecider decider, WireContracts contracts, string source, Func<StreamId, string, ParkedRecord, ArrivedCommand> parked, TimeProvider clock, ILogger logger)
{
    private readonly KnownOutcomes _known = new();
    private List<ArrivedCommand> _pending = [];
    private int _next;
    private object _state = decider.Initial;
    private long _version;
    private DateTimeOffset _lastAt = DateTimeOffset.MinValue;
    private bool _isHeld;

    public StreamId Stream => stream;

    /// <summary>The tip as it was read, and later as this batch committed it.</summary>
    public StreamTip? Tip { get; private set; }

    /// <summary>The batch's commands of this stream in order. <see cref="Take"/> splits them.</summary>
    public List<ArrivedCommand> Arrived { get; } = new(1);

    /// <summary>
    /// The commands that were decided before according to the tip. They are shipped again and not decided again.
    /// </summary>
    public IReadOnlyList<ArrivedCommand> DecidedBefore { get; private set; } = [];

    public bool HasPending => _next < _pending.Count;

    /// <summary>The first record that could not be parked because the tip is full, or null.</summary>
    public string? StoppedAt { get; private set; }

    /// <summary>The number of commands of this batch that were parked.</summary>
    public int NewlyParked { get; private set; }

    /// <summary>True if the tip's state has another shape than this code's.</summary>
    public bool NeedsFold => Tip is { Version: > 0 } tip && tip.StateShape != decider.StateShape;

    /// <summary>Takes the tip, and splits the batch into commands that it covers and new ones.</summary>
    public void Take(StreamTip? tip)
    {
        Tip = tip;
        if (tip is not null)
        {
            _version = tip.Version;
            _lastAt = tip.LastAt;
            _state = tip.StateFor(decider) ?? _state;
            _known.Add(tip);
        }

        if (tip is null || tip.Parked.Count == 0 && !Arrived.Exists(command => tip.Position.Covers(source, command.SequenceNumber))) _pending = Arrived;
        else Split(tip);
    }

    private void Split(StreamTip tip)
    {
        HashSet<Guid> waiting = [];
        foreach (var record in tip.Parked)
        {
            _pending.Add(parked(stream, source, record));
            waiting.Add(record.CommandId);
        }

        List<ArrivedCommand> before = [];
        foreach (var command in Arrived)
        {
            if (waiting.Contains(command.CommandId)) continue;
            (tip.Position.Covers(source, command.SequenceNumber) ? before : _pending).Add(command);
        }

        DecidedBefore = before;
    }

    /// <summary>Adds the new commands whose outcome may be only in the log.</summary>
    public void AddForgotten(List<ArrivedCommand> to)
    {
        if (Tip is not { Ring.EvictedThrough: not null } tip) return;
        foreach (var command in _pending)
            if (command.MayBeForgotten(tip.Ring) && !_known.Has(command)) to.Add(command);
    }

    /// <summary>
    /// Takes an outcome of the log. If it is later than the tip that was read, another process committed it since, and
    /// may crash before it publishes. So this attempt must fail and not skip it.
    /// </summary>
    /// <exception cref="StaleTipException">The log is ahead of the tip that was read.</exception>
    public void Learn(CommandOutcome outcome)
    {
        if (outcome.Version > _version) throw new StaleTipException(stream);
        _known.Add(outcome);
    }

    /// <summary>
    /// Folds the state from the stream's whole history. If only newer code knows an event, all commands of the stream
    /// are parked.
    /// </summary>
    public void Fold(IReadOnlyList<EventRecord> history)
    {
        if (history.Count != _version) throw new HistoryGapException(stream, _version + 1, history.Count);
        try
        {
            _state = history.Aggregate(decider.Initial, (state, e) => decider.Evolve(state, e.Event));
        }
        catch (UnknownContractException e)
        {
            logger.LogCritical("{Stream} has an event that is newer than this code. Its commands are parked: {Reason}", stream, e.Message);
            _isHeld = true;
        }
    }

    /// <summary>
    /// Decides pending commands up to <see cref="StoreLimits.Commit"/>, and at least one. Parks the first command that
    /// this code cannot decide, and all later ones. Returns the tip to commit, or null if nothing changes.
    /// </summary>
    public StreamTip? DecideRound()
    {
        var (events, outcomes) = (new List<EventRecord>(1), new List<CommandOutcome>(1));
        var now = clock.GetUtcMilliseconds();
        var bytes = 0;
        string? last = null;
        var isResumed = false;
        while (HasPending)
        {
            var command = _pending[_next];
            _isHeld |= command.IsNewer;
            if (_isHeld) break;
            // Its events are about as large as its data, and a refusal stores the data.
            if (outcomes.Count > 0 && bytes + command.DataBytes > StoreLimits.Commit) break;
            _next++;
            if (_known.Has(command)) continue;
            if (!command.IsParked) last = command.SequenceNumber;
            isResumed |= command.IsParked;
            var outcome = Decide(command, now, events);
            outcomes.Add(outcome);
            if (!HasPending) break;
            _known.Add(outcome);
            bytes += OutcomeJson.BytesOf(outcome);
            for (var i = events.Count - outcome.Events.Count; i < events.Count; i++) bytes += EventJson.BytesOf(events[i]);
        }

        var position = last is null ? Tip?.Position : new SourcePosition(source, last);
        var waiting = _isHeld ? Park(ref position) : StillParked();
        if (outcomes.Count == 0)
        {
            if (position == Tip?.Position && waiting.Count == (Tip?.Parked.Count ?? 0)) return null;
            return (Tip ?? Committed(position!, [], [])) with { Position = position!, Parked = waiting };
        }

        return Committed(position!, events, outcomes) with { Parked = waiting, IsResumed = isResumed };
    }

    private IReadOnlyList<ParkedRecord> StillParked() => HasPending && _pending[_next].IsParked
        ? [.. _pending.Skip(_next).Where(command => command.IsParked).Select(command => command.ToParked())]
        : [];

    /// <summary>Parks all pending commands until the tip is full.</summary>
    private List<ParkedRecord> Park(ref SourcePosition? position)
    {
        List<ParkedRecord> all = [];
        HashSet<Guid> ids = [];
        var bytes = 0;
        while (HasPending)
        {
            var command = _pending[_next++];
            if (_known.Has(command) || !ids.Add(command.CommandId)) continue;
            bytes += command.Raw.Length;
            if (!command.IsParked)
            {
                if (bytes > StoreLimits.Parked)
                {
                    StoppedAt = command.SequenceNumber;
                    _next = _pending.Count;
                    break;
                }

                position = new SourcePosition(source, command.SequenceNumber);
                NewlyParked++;
            }

            all.Add(command.ToParked());
        }

        return all;
    }

    private StreamTip Committed(SourcePosition position, IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes) => new(
        stream,
        _version,
        decider.StateShape,
        decider.WriteStateUtf8(_state),
        position,
        _lastAt,
        new Commit(events, outcomes),
        (Tip?.Ring ?? OutcomeRing.Empty).Push(outcomes));

    /// <summary>Takes the committed tip, on which the next round builds.</summary>
    public void Committed(StreamTip tip) => Tip = tip;

    private CommandOutcome Decide(ArrivedCommand command, DateTimeOffset now, List<EventRecord> events)
    {
        var at = command.DecidedAt(now, _lastAt);
        _lastAt = at;
        switch (Judged(command, at, out var evolved))
        {
            case Decision.Accepted accepted:
                for (var i = 0; i < accepted.Events.Count; i++)
                    events.Add(EventRecord.Of(contracts, stream, ++_version, accepted.Events[i], command.CommandId, i, command.Actor, at));
                _state = evolved;
                return command.Outcome(CommandStatus.Applied, _version, at, TypesOfLast(accepted.Events.Count, events));
            case Decision.Refused refused:
                return command.Outcome(CommandStatus.Refused, _version, at, [], refused.Code, refused.Reason);
            default:
                return command.Outcome(CommandStatus.Unchanged, _version, at, []);
        }
    }

    private static string[] TypesOfLast(int count, List<EventRecord> events)
    {
        var types = new string[count];
        for (var i = 0; i < count; i++) types[i] = events[events.Count - count + i].Type;
        return types;
    }

    /// <param name="next">The state after the decision's events.</param>
    private Decision Judged(ArrivedCommand command, DateTimeOffset at, out object next)
    {
        next = _state;
        if (command.Command is not { } wish) return Decision.Refuse(CommonRefusals.Malformed, command.Malformed ?? "The command cannot be read.");
        return Judge.Bar(_known.KeyIsTaken(command), command.IfMatch, _version)
            ?? Judge.Decide(decider, _state, wish, new CommandContext(stream, command.Actor, at), command.CommandId, logger, out next);
    }
}
