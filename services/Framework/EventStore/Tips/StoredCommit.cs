using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// The latest commit as the bytes of a binary tip. Most readers of a tip never need it, so it is decoded on the first
/// use.
/// </summary>
internal sealed class StoredCommit(WireContracts contracts, StreamId stream, DateTimeOffset lastAt, ReadOnlyMemory<byte> bytes)
{
    private const int HasKey = 4, HasCode = 8, HasReason = 16, HasData = 32, HasCorrelation = 64, HasCause = 128;

    // Values that an event shares with its command's outcome are not written twice.
    private const int OwnStream = 1, OwnCommand = 2, OwnActor = 4, OwnTime = 8;

    private Commit? _read;

    /// <summary>
    /// Returns false only if no outcome belongs to this command or idempotency key. True may be wrong.
    /// </summary>
    public bool MayName(Guid id) => TipReader.Names(bytes.Span, id);

    public static void Write(TipWriter to, StreamTip tip)
    {
        var commit = tip.Newest;
        to.Number(commit.Outcomes.Count);
        foreach (var outcome in commit.Outcomes) Write(to, outcome, tip.LastAt);
        to.Number(commit.Events.Count);
        var of = 0;
        foreach (var e in commit.Events)
        {
            // Events are in the order of their commands.
            var next = of;
            while (next < commit.Outcomes.Count && commit.Outcomes[next].CommandId != e.CommandId) next++;
            if (next < commit.Outcomes.Count) of = next;
            Write(to, e, tip, next < commit.Outcomes.Count ? commit.Outcomes[next] : null, next);
        }
    }

    /// <exception cref="FormatException">The bytes are not a commit.</exception>
    public Commit Read()
    {
        if (_read is { } known) return known;
        try
        {
            var from = new TipReader(bytes);
            var outcomes = new CommandOutcome[from.Count()];
            for (var i = 0; i < outcomes.Length; i++) outcomes[i] = ReadOutcome(ref from);
            var events = new EventRecord[from.Count()];
            for (var i = 0; i < events.Length; i++) events[i] = ReadEvent(ref from, outcomes);
            if (!from.IsAtEnd) throw new FormatException("more follows.");
            return _read = new Commit(events, outcomes);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException($"The newest commit in the tip of {stream} cannot be read: {e.Message}", e);
        }
    }

    private static void Write(TipWriter to, CommandOutcome outcome, DateTimeOffset lastAt)
    {
        to.Id(outcome.CommandId);
        to.Byte((byte)((int)outcome.Status
            | (outcome.KeyId is null ? 0 : HasKey)
            | (outcome.Code is null ? 0 : HasCode)
            | (outcome.Reason is null ? 0 : HasReason)
            | (outcome.CommandData is null ? 0 : HasData)
            | (outcome.CorrelationId is null ? 0 : HasCorrelation)
            | (outcome.CausationId is null ? 0 : HasCause)));
        if (outcome.KeyId is { } key) to.Id(key);
        to.KnownText(outcome.CommandType);
        to.Number(outcome.Version);
        to.Number(outcome.Events.Count);
        foreach (var name in outcome.Events) to.KnownText(name);
        if (outcome.Code is { } code) to.KnownText(code);
        if (outcome.Reason is { } reason) to.KnownText(reason);
        if (outcome.CommandData is { } data) to.Text(data);
        to.KnownText(outcome.Actor.Id);
        to.KnownText(outcome.Actor.Role);
        to.Number((outcome.At - lastAt).Ticks / TimeSpan.TicksPerMillisecond);
        to.Number((outcome.IssuedAt - outcome.At).Ticks / TimeSpan.TicksPerMillisecond);
        if (outcome.CorrelationId is { } correlation) to.KnownText(correlation);
        if (outcome.CausationId is { } cause) to.Id(cause);
    }

    private CommandOutcome ReadOutcome(ref TipReader from)
    {
        var id = from.Id();
        int flags = from.Byte();
        Guid? key = Has(flags, HasKey) ? from.Id() : null;
        var type = from.KnownText();
        var version = from.Number();
        var events = from.Count() is > 0 and var count ? new string[count] : [];
        for (var i = 0; i < events.Length; i++) events[i] = from.KnownText();
        var code = Has(flags, HasCode) ? from.KnownText() : null;
        var reason = Has(flags, HasReason) ? from.KnownText() : null;
        var data = Has(flags, HasData) ? from.Text() : null;
        var actor = new Actor(from.KnownText(), from.KnownText());
        var at = lastAt + TimeSpan.FromMilliseconds(from.Number());
        var issued = at + TimeSpan.FromMilliseconds(from.Number());
        var correlation = Has(flags, HasCorrelation) ? from.KnownText() : null;
        Guid? cause = Has(flags, HasCause) ? from.Id() : null;
        return new CommandOutcome(stream, id, key, type, OutcomeRing.StatusOf(flags), version, events, code, reason, data, actor, at, issued, correlation, cause);
    }

    private static void Write(TipWriter to, EventRecord e, StreamTip tip, CommandOutcome? of, int index)
    {
        var flags = (e.Stream == tip.Stream ? 0 : OwnStream)
            | (of is null ? OwnCommand : 0)
            | (of?.Actor == e.Actor ? 0 : OwnActor)
            | (of?.At == e.At ? 0 : OwnTime);
        to.Byte((byte)flags);
        if (Has(flags, OwnStream)) to.Text(e.Stream.ToString());
        to.Number(e.Version);
        to.Id(e.EventId);
        to.KnownText(e.Type);
        to.Number(e.TypeVersion);
        to.Text(e.Data);
        if (Has(flags, OwnCommand)) to.Id(e.CommandId);
        else to.Number(index);
        if (Has(flags, OwnActor))
        {
            to.KnownText(e.Actor.Id);
            to.KnownText(e.Actor.Role);
        }

        if (Has(flags, OwnTime)) to.Time(e.At);
    }

    private EventRecord ReadEvent(ref TipReader from, CommandOutcome[] outcomes)
    {
        int flags = from.Byte();
        var of = Has(flags, OwnStream) ? StreamId.Parse(from.Text()) : stream;
        var version = from.Number();
        var id = from.Id();
        var type = from.KnownText();
        var typeVersion = (int)from.Number();
        var data = from.Text();
        CommandOutcome? outcome = null;
        Guid command;
        if (Has(flags, OwnCommand)) command = from.Id();
        else command = (outcome = outcomes[from.Count()]).CommandId;
        var actor = Has(flags, OwnActor) ? new Actor(from.KnownText(), from.KnownText()) : outcome!.Actor;
        var at = Has(flags, OwnTime) ? from.Time() : outcome!.At;
        return new EventRecord(contracts, of, version, id, type, typeVersion, data, command, actor, at);
    }

    private static bool Has(int flags, int one) => (flags & one) != 0;
}
