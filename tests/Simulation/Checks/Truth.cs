using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Programs;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>
/// What really happened. Each simulated service reports every effect, in order. The truth decides and folds
/// independently, and compares.
/// </summary>
/// <param name="isCalm">True if poison is the only fault in this world.</param>
public sealed partial class Truth(Simulator simulator, bool isCalm)
{
    /// <summary>The id of the simulated Kinesis stream, as the write path builds it.</summary>
    public static readonly string Source = $"{SimKinesis.Arn}@{Simulator.Start.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";

    // At worst six calls of half a second each, plus some margin.
    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(5);

    private const string IdBegins = "{\"id\":\"";

    public Dictionary<StreamId, StreamTruth> Streams { get; } = [];

    public Dictionary<Guid, SentCommand> Sent { get; } = [];

    /// <summary>Unreadable records, with the place where their refusal must be.</summary>
    public List<(StreamId Stream, Guid CommandId)> Unreadable { get; } = [];

    /// <summary>Streams with an event that no code will ever know.</summary>
    public HashSet<StreamId> Poisoned { get; } = [];

    public Dictionary<Guid, EventRecord> EventsById { get; } = [];

    /// <summary>Set once the services are running.</summary>
    public SimLog Log { get; set; } = null!;

    public StreamTruth Of(StreamId stream)
    {
        if (!Streams.TryGetValue(stream, out var truth)) Streams.Add(stream, truth = new StreamTruth(stream));
        return truth;
    }

    /// <summary>The sender for whom the current code runs.</summary>
    public AsyncLocal<Sender?> SenderAtHand { get; } = new();

    /// <summary>The command service is about to send a command.</summary>
    public void Sending(CommandRecord record)
    {
        var sender = SenderAtHand.Value ?? throw new InvalidOperationException("A command is sent that nobody asked for.");
        if (record.Stream != sender.Wish.Stream || record.IfMatch != sender.Wish.IfMatch || !sender.Wish.IsSaidBy(record.Command))
            Break(CommandIsTheWish, record.Stream, $"{record.Command} if v{record.IfMatch} is sent where {sender.Wish} is asked for.");
        Sending(new SentCommand(record, sender.Token, IsMalformed: false, sender.Predecessor));
    }

    /// <summary>A command is about to be sent.</summary>
    public void Sending(SentCommand command)
    {
        if (Sent.TryAdd(command.Record.CommandId, command))
            Note("sent", command.Record.Stream, $"{Name(command.Record.CommandId)} {command.Record.Command.GetType().Name} by {command.Token.Id}");
    }

    /// <summary>Kinesis accepted a record.</summary>
    public void Taken(SimRecord record)
    {
        var stream = StreamId.Parse(record.Key);
        if (IdOf(record.Data) is not { } id)
        {
            Unreadable.Add((stream, CommandIds.OfUnreadable(Source, record.SequenceNumber)));
            Note("on the stream", stream, $"{record.SequenceNumber} unreadable");
            return;
        }

        if (Sent[id] is { FirstSequence: null } first)
        {
            first.FirstSequence = long.Parse(record.SequenceNumber, CultureInfo.InvariantCulture);
            first.At = AtOf(record.Data);
            first.ArrivedAt = record.ArrivedAt;
            first.IsNewer = NewerCommands.IsNewer(record.Data);
        }

        Note("on the stream", stream, $"{record.SequenceNumber} {Name(id)}");
    }

    /// <summary>A service refuses its input: too large, too many, or invalid characters.</summary>
    public void Unfit(string what) => simulator.Violate(StoresTakeIt, what);

    /// <summary>The client got the acknowledgement of its command.</summary>
    public void Acknowledged(Guid commandId)
    {
        if (!Sent.TryGetValue(commandId, out var sent)) return;
        sent.IsAcknowledged = true;
        if (sent.FirstSequence is null) Break(AcknowledgedIsOnTheStream, sent.Record.Stream, $"{Name(commandId)} was acknowledged and is not there.");
    }

    /// <summary>A client got the outcome of a command.</summary>
    /// <param name="status">The status as the services name it.</param>
    public void Told(StreamId stream, Guid commandId, string status, string? code, long version)
    {
        var real = Of(stream).Outcomes.GetValueOrDefault(commandId);
        if (real is null || (NameOf(real.Status), real.Code, real.Version) != (status, code, version))
            Break(AnswerIsTheOutcome, stream, $"{Name(commandId)}: told {status} {code} v{version}, is {real?.Status} {real?.Code} v{real?.Version}.");

        static string NameOf(CommandStatus status) => status switch
        {
            CommandStatus.Applied => "applied",
            CommandStatus.Unchanged => "unchanged",
            _ => "refused",
        };
    }

    /// <summary>A client got a refusal of a command that was not sent.</summary>
    /// <param name="existed">True if the command's subject was committed when the client asked.</param>
    public void TurnedAway(Wish wish, Actor token, SimAnswer problem, bool existed)
    {
        Note("turned away", wish.Stream, $"{problem.Status} {problem.Code}");
        var truth = Of(wish.Stream);
        var isRight = problem.Status switch
        {
            400 => wish.Command.Check().FirstOrDefault()?.Code == problem.Code,
            // Only the service knows which of the possible states it used.
            403 when problem.Code == CustomerRefusals.UserDeactivated => Of(CustomerStreams.IdOf(token.Id)).State is CustomerState.Deactivated,
            403 => truth.States.Any(state => truth.Decider.Decide(state, wish.Command, new CommandContext(wish.Stream, token, truth.LastAt)) is Decision.Refused refused && refused.Code == problem.Code),
            404 or 412 => !existed,
            410 => wish.Requires.Any(required => Of(required).State is ProductState.Deleted),
            _ => false,
        };
        if (!isRight) Break(TurnedAwayRightly, wish.Stream, $"{token.Id} got {problem.Status} {problem.Code} of {wish.Command}.");
    }

    /// <summary>A tip was written.</summary>
    public void Committed(Dictionary<string, AttributeValue> item)
    {
        var stream = StreamId.Parse(item["stream"].S);
        var next = TipBody.Read(ShopContracts.Events, stream, long.Parse(item["version"].N, CultureInfo.InvariantCulture), new SourcePosition(item["source"].S, item["sequence"].S), item["body"].B.ToArray());
        var truth = Of(stream);
        var before = truth.Tip;
        // The client retried and found its own write.
        if (before?.Mark == next.Mark) return;
        truth.Tip = next;
        if (next.Parked.Count > 0) Note("parked", stream, $"{string.Join(' ', next.Parked.Select(record => Name(record.CommandId)))} at {next.Position.SequenceNumber}");
        // Parking alone decides nothing, and leaves the latest commit unchanged.
        if ((before?.Newest.Outcomes ?? []).Select(outcome => outcome.CommandId).SequenceEqual(next.Newest.Outcomes.Select(outcome => outcome.CommandId))) return;
        Note("committed", next.Stream, $"v{next.Version} at {next.Position.SequenceNumber}: {string.Join(' ', next.Newest.Outcomes.Select(o => $"{Name(o.CommandId)}={o.Code ?? o.Status.ToString()}"))}");
        if (before is not null)
        {
            if (before.Newest.Events.FirstOrDefault(e => !Log.Has(e)) is { } lost) Break(OverwrittenIsLogged, next.Stream, $"Event v{lost.Version} is not in the log.");
            if (before.Newest.Outcomes.FirstOrDefault(o => !Log.Has(o)) is { } lostOutcome) Break(OverwrittenIsLogged, next.Stream, $"The outcome of {Name(lostOutcome.CommandId)} is not in the log.");
        }

        var events = new Queue<EventRecord>(next.Newest.Events);
        foreach (var outcome in next.Newest.Outcomes) Decided(truth, outcome, events);
        if (events.TryPeek(out var extra)) Break(DecisionIsLegal, next.Stream, $"Event v{extra.Version} has no outcome in its commit.");
        if (next.Version != truth.Version) Break(VersionsWithoutGap, next.Stream, $"The tip says v{next.Version} where {truth.Version} events were committed.");
    }

    /// <summary>The log accepted rows.</summary>
    public void Appended(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes)
    {
        foreach (var e in events)
        {
            var truth = Of(e.Stream);
            if (e.Version > truth.Version || !truth.Events[(int)e.Version - 1].Equals(e)) Break(LoggedWasCommitted, e.Stream, $"Event v{e.Version} of {Name(e.CommandId)}.");
            if (!Log.Has(e)) _loggedAt[e.EventId] = simulator.Now;
        }

        foreach (var outcome in outcomes)
        {
            if (Streams.TryGetValue(outcome.Stream, out var truth) && truth.Outcomes.TryGetValue(outcome.CommandId, out var real))
            {
                if (!IsSame(real, outcome)) Break(LoggedWasCommitted, outcome.Stream, $"The outcome of {Name(outcome.CommandId)} differs.");
            }
            else if (!Unreadable.Contains((outcome.Stream, outcome.CommandId)))
            {
                Break(LoggedWasCommitted, outcome.Stream, $"The outcome of {Name(outcome.CommandId)}.");
            }
        }

        foreach (var stream in events.Select(e => e.Stream).Distinct()) Note("logged", stream, $"v{string.Join(' ', events.Where(e => e.Stream == stream).Select(e => e.Version))}");
    }

    /// <summary>The topic accepted a message.</summary>
    public void Published(string body)
    {
        foreach (var e in EventMessage.Parse(ShopContracts.Events, body).Events)
        {
            if (!Log.Has(e)) Break(PublishedIsLogged, e.Stream, $"v{e.Version}");
            Note("published", e.Stream, $"v{e.Version} {e.Type}");
        }
    }

    /// <summary>A shard's batch is done, after any number of attempts.</summary>
    public void Passed(SimShard shard, long began)
    {
        var took = TimeSpan.FromTicks(simulator.Now - began);
        if (isCalm && took > LongestBatch) simulator.Violate(PoisonIsBrief, $"{shard.Id} stood still for {took}.");
    }

    public string Name(Guid command) => simulator.Timeline.NameOf(command);

    private static Guid? IdOf(byte[] data) =>
        data.Length > 43 && data.AsSpan(0, IdBegins.Length).SequenceEqual("{\"id\":\""u8) && Guid.TryParse(System.Text.Encoding.ASCII.GetString(data, IdBegins.Length, 36), out var id) ? id : null;

    private static DateTimeOffset AtOf(ReadOnlySpan<byte> data)
    {
        var digits = data[(data.LastIndexOf("\"at\":"u8) + 5)..];
        return System.Buffers.Text.Utf8Parser.TryParse(digits, out long at, out _) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : throw new FormatException("A record has no time.");
    }

    private static bool IsSame(CommandOutcome one, CommandOutcome other) =>
        ReferenceEquals(one, other) || one.Events.SequenceEqual(other.Events) && one == other with { Events = one.Events };

    private void Decided(StreamTruth truth, CommandOutcome outcome, Queue<EventRecord> events)
    {
        var stream = outcome.Stream;
        var name = Name(outcome.CommandId);
        if (truth.Outcomes.ContainsKey(outcome.CommandId)) Break(OneOutcomeACommand, stream, $"{name} is decided again.");
        if (!Sent.TryGetValue(outcome.CommandId, out var sent) || sent.FirstSequence is not { } sequence)
        {
            Break(DecisionIsLegal, stream, $"{name} was never sent.");
            return;
        }

        if (sequence <= truth.LastSequence) Break(OutcomesInStreamOrder, stream, $"{name} of {sequence} is decided after {truth.LastSequence}.");
        if (sent.Predecessor is { } before && Sent[before].FirstSequence is not null && !truth.Outcomes.ContainsKey(before)) Break(AcceptedInTheClientsOrder, stream, $"{name} is decided before {Name(before)}.");
        JudgeTime(truth, sent, outcome.At, name);
        truth.LastSequence = Math.Max(truth.LastSequence, sequence);

        var at = outcome.At;
        truth.LastAt = at;
        JudgeStock(truth, sent.Record.Command, events.Where(e => e.CommandId == outcome.CommandId));
        if (sent.IsNewer && outcome.Code == "malformed") Break(NewerIsWaitedFor, stream, $"{name} is recorded as malformed.");
        var (status, code, expected) = Judge(truth, sent, at);
        if ((status, code) != (outcome.Status, outcome.Code)) Break(DecisionIsLegal, stream, $"{name}, a {outcome.CommandType}, is {outcome.Status} {outcome.Code} ({string.Join(' ', outcome.Events)}); it should be {status} {code}, sent as {sent.Record.Command}.");
        for (var i = 0; i < expected.Count; i++)
        {
            if (!events.TryDequeue(out var real))
            {
                Break(DecisionIsLegal, stream, $"{name} lacks its event {i}.");
                return;
            }

            if (real.Version != truth.Version + 1) Break(VersionsWithoutGap, stream, $"v{real.Version} follows v{truth.Version}.");
            if (real.Actor != sent.Token) Break(ActorIsTheTokens, stream, $"v{real.Version} is by {real.Actor}, not {sent.Token}.");
            var should = EventRecord.Of(ShopContracts.Events, stream, truth.Version + 1, expected[i], outcome.CommandId, i, sent.Token, at);
            var earlier = EarlierCode.Downcast(expected[i]) is { } past ? EventRecord.Of(ShopContracts.Events, stream, truth.Version + 1, past, outcome.CommandId, i, sent.Token, at) : should;
            if (!should.Equals(real) && !earlier.Equals(real)) Break(DecisionIsLegal, stream, $"v{real.Version} is {real.Type} {real.Data}; it should be {should.Type} {should.Data}.");
            if (real.Event is ProductCreated created && created.Seller != sent.Token.Id) Break(ActorIsTheTokens, stream, $"It belongs to {created.Seller}, and {sent.Token.Id} created it.");
            truth.Add(real, expected[i]);
            truth.VisibleAt.Add(simulator.UtcNow);
            truth.ChangedAt = simulator.Now;
            EventsById.TryAdd(real.EventId, real);
        }

        if (outcome.Version != truth.Version) Break(VersionsWithoutGap, stream, $"The outcome of {name} says v{outcome.Version} at v{truth.Version}.");
        truth.Outcomes.TryAdd(outcome.CommandId, outcome);
        if (outcome.KeyId is { } key && outcome.Code != Judgement.KeyReused) truth.FirstOfKey.TryAdd(key, outcome.CommandId);
    }

    private static Judgement Judge(StreamTruth truth, SentCommand sent, DateTimeOffset at) => sent.IsMalformed
        ? Judgement.Refused("malformed")
        : Judgement.Of(
            truth.Decider,
            truth.State,
            truth.Version,
            sent.Record,
            sent.Record.KeyId is { } key && truth.FirstOfKey.TryGetValue(key, out var first) && first != sent.Record.CommandId,
            sent.Token,
            at);

    private void Break(string invariant, StreamId? stream, string detail) => simulator.Violate(invariant, $"{stream}: {detail}", stream);

    private void Note(string what, StreamId stream, string detail) => simulator.Timeline.Add(what, stream, detail);
}
