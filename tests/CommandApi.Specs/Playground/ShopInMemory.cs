using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi.Specs.Playground;

/// <summary>
/// The write path behind the service in one class. It accepts commands, decides each with the real deciders after <see
/// cref="Latency"/>, and provides tips and log. It counts the calls that would cost money.
/// </summary>
public sealed class ShopInMemory(TimeProvider time) : ICommandStream, IStreamTips, IEventLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StreamId, StreamTip> _tips = [];
    private readonly List<CommandOutcome> _log = [];
    private readonly Queue<CommandRecord> _waiting = [];
    private int _sequence;

    public Domain Domain { get; set; } = ShopDomain.Instance;

    /// <summary>Every acknowledged command, in order.</summary>
    public List<CommandRecord> Taken { get; } = [];

    public int TipReads { get; private set; }

    public int LogReads { get; private set; }

    /// <summary>How long a command waits for its decision.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The number of other commands that are decided on the stream right after each, in their own commit.
    /// </summary>
    public int Crowd { get; set; }

    public Exception? PutFails { get; set; }

    /// <summary>True if a failed put stores the commands anyway.</summary>
    public bool TakesWhatFails { get; set; }

    public Exception? TipsFail { get; set; }

    public Exception? LogFails { get; set; }

    /// <summary>True if the log accepts requests and never responds.</summary>
    public bool LogHangs { get; set; }

    /// <summary>Completed when a request hangs in the log.</summary>
    public TaskCompletionSource LogAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a put may be acknowledged.</summary>
    public Task Acknowledgement { get; set; } = Task.CompletedTask;

    public async Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
    {
        await Acknowledgement;
        lock (_gate)
        {
            foreach (var command in PutFails is null || TakesWhatFails ? commands : [])
            {
                Taken.Add(command);
                _waiting.Enqueue(command);
            }

            if (PutFails is not null) throw PutFails;
        }
    }

    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        lock (_gate)
        {
            TipReads++;
            if (TipsFail is not null) throw TipsFail;
            DecideWhatIsDue(Latency);
            return Task.FromResult<IReadOnlyDictionary<StreamId, StreamTip>>(streams.Where(_tips.ContainsKey).ToDictionary(stream => stream, stream => _tips[stream]));
        }
    }

    public async Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
    {
        if (LogHangs)
        {
            LogAsked.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }

        lock (_gate)
        {
            LogReads++;
            if (LogFails is not null) throw LogFails;
            return [.. _log.Where(outcome => wanted.Any(query =>
                query.Stream == outcome.Stream && (query.CommandId == outcome.CommandId || (query.KeyId is not null && query.KeyId == outcome.KeyId))))];
        }
    }

    /// <summary>Decides a command of another client.</summary>
    public void Do(StreamId stream, ICommand command, Actor by)
    {
        lock (_gate) Decide(new CommandRecord(Guid.CreateVersion7(), KeyId: null, stream, command, by, time.GetUtcNow()));
    }

    /// <summary>Decides all waiting commands now.</summary>
    public void DecideAll()
    {
        lock (_gate) DecideWhatIsDue(TimeSpan.Zero);
    }

    public StreamTip? TipOf(StreamId stream) => _tips.GetValueOrDefault(stream);

    public void Put(StreamTip tip) => _tips[tip.Stream] = tip;

    private void DecideWhatIsDue(TimeSpan latency)
    {
        while (_waiting.TryPeek(out var next) && next.At + latency <= time.GetUtcNow()) Decide(_waiting.Dequeue());
    }

    private void Decide(CommandRecord record)
    {
        var tip = _tips.GetValueOrDefault(record.Stream);
        var seen = _log.Where(outcome => outcome.Stream == record.Stream && outcome.KeyId is not null && outcome.KeyId == record.KeyId).ToList();
        if (seen.Any(outcome => outcome.CommandId == record.CommandId)) return;

        var decider = Domain.DeciderOf(record.Stream)!;
        var state = tip is null ? decider.Initial : decider.ReadState(tip.State);
        var version = tip?.Version ?? 0;
        var context = new CommandContext(record.Stream, record.Actor, record.At);
        var decision = Judge.Bar(seen.Count > 0, record.IfMatch, version)
            ?? Judge.Decide(decider, state, record.Command, context, record.CommandId, NullLogger.Instance, out _);
        var events = decision is Decision.Accepted accepted ? accepted.Events : [];
        var records = events.Select((e, i) => EventRecord.Of(ShopContracts.Events, record.Stream, version + 1 + i, e, record.CommandId, i, record.Actor, record.At)).ToList();
        var refused = decision as Decision.Refused;
        var outcome = new CommandOutcome(
            record.Stream,
            record.CommandId,
            record.KeyId,
            ShopContracts.Commands.NameOf(record.Command).Name,
            decision switch { Decision.Accepted => CommandStatus.Applied, Decision.Nothing => CommandStatus.Unchanged, _ => CommandStatus.Refused },
            version + events.Count,
            [.. records.Select(e => e.Type)],
            refused?.Code,
            refused?.Reason,
            CommandData: null,
            record.Actor,
            record.At,
            record.At,
            record.CorrelationId,
            record.CausationId);
        _log.Add(outcome);
        _tips[record.Stream] = new StreamTip(
            record.Stream,
            version + events.Count,
            decider.StateShape,
            decider.WriteState(events.Aggregate(state, decider.Evolve)),
            new SourcePosition("commands", $"{++_sequence}"),
            record.At,
            new Commit(records, [outcome]),
            (tip?.Ring ?? OutcomeRing.Empty).Push([outcome]));
        if (Crowd > 0) Push(record.Stream, [.. Enumerable.Range(0, Crowd).Select(_ => outcome with { CommandId = Guid.NewGuid(), KeyId = null })]);
    }

    private void Push(StreamId stream, IReadOnlyList<CommandOutcome> others) =>
        _tips[stream] = _tips[stream] with { Newest = new Commit([], others), Ring = _tips[stream].Ring.Push(others) };

    public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => throw new NotSupportedException();

    public async IAsyncEnumerable<StreamTip> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var tip in _tips.Values) yield return tip;
    }
}
