namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// The latest outcomes of a stream, the oldest first. Evicted outcomes are in the log. The ring is kept as the bytes of
/// a binary tip. So a commit can drop the first entries and add its own without reading those between.
/// </summary>
public sealed record OutcomeRing
{
    /// <summary>
    /// Sixteen entries take about 400 bytes of the tip. Retries come within seconds, and a stream rarely gets more
    /// commands in that time.
    /// </summary>
    public const int Capacity = 16;

    private const int HasKey = 4, HasCode = 8, StatusBits = 3;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _count;
    private IReadOnlyList<RingEntry>? _entries;

    internal OutcomeRing(ReadOnlyMemory<byte> bytes, int count, DateTimeOffset? evictedThrough) =>
        (_bytes, _count, EvictedThrough) = (bytes, count, evictedThrough);

    internal OutcomeRing(IReadOnlyList<RingEntry> entries, DateTimeOffset? evictedThrough)
    {
        var to = TipWriter.Take();
        foreach (var entry in entries) Write(to, entry.CommandId, entry.KeyId, entry.Status, entry.Code, entry.Version, entry.IssuedAt);
        (_bytes, _count, EvictedThrough) = (to.Written.ToArray(), entries.Count, evictedThrough);
        to.Keep();
    }

    public static OutcomeRing Empty { get; } = new(ReadOnlyMemory<byte>.Empty, 0, null);

    /// <exception cref="FormatException">The tip's bytes are not ring entries.</exception>
    public IReadOnlyList<RingEntry> Entries => _entries ??= ReadAll();

    /// <summary>
    /// The latest <see cref="RingEntry.IssuedAt"/> of all evicted entries, or null if there are none. A command that
    /// was issued later, and is not in the ring, was never decided. The ring compares times of issue, because a retry
    /// has the same one and is decided later.
    /// </summary>
    public DateTimeOffset? EvictedThrough { get; init; }

    internal ReadOnlySpan<byte> Bytes => _bytes.Span;

    internal int Count => _count;

    /// <summary>Returns the ring after these outcomes.</summary>
    public OutcomeRing Push(IReadOnlyList<CommandOutcome> outcomes)
    {
        var evicted = EvictedThrough;
        var surplus = _count + outcomes.Count - Capacity;
        var from = new TipReader(_bytes);
        for (var i = 0; i < Math.Min(surplus, _count); i++) evicted = Later(evicted, Read(ref from).IssuedAt);
        var to = TipWriter.Take();
        to.Raw(_bytes.Span[from.Position..]);
        for (var i = 0; i < outcomes.Count; i++)
        {
            var outcome = outcomes[i];
            if (i < surplus - _count) evicted = Later(evicted, outcome.IssuedAt);
            else Write(to, outcome.CommandId, outcome.KeyId, outcome.Status, outcome.Code, outcome.Version, outcome.IssuedAt);
        }

        var next = new OutcomeRing(to.Written.ToArray(), Math.Min(Capacity, _count + outcomes.Count), evicted);
        to.Keep();
        return next;
    }

    /// <summary>Returns false only if no entry belongs to this command or idempotency key. True may be wrong.</summary>
    internal bool MayName(Guid id) => TipReader.Names(_bytes.Span, id);

    /// <summary>
    /// Returns true if the command may have been decided before and evicted. A key may have been used at any time
    /// before, so after the first eviction only the log knows.
    /// </summary>
    /// <param name="issuedAt">The time of the command's issue, or null if unknown.</param>
    public bool MayHaveForgotten(Guid? keyId, DateTimeOffset? issuedAt) =>
        EvictedThrough is { } evicted && (keyId is not null || issuedAt is not { } issued || issued <= evicted);

    /// <summary>Returns true if an entry has this idempotency key.</summary>
    public bool KnowsKey(Guid? keyId) => keyId is { } key && MayName(key) && Entries.Any(entry => entry.KeyId == key);

    internal static CommandStatus StatusOf(int flags) =>
        (CommandStatus)(flags & StatusBits) is var status && status <= CommandStatus.Refused ? status : throw new FormatException($"'{status}' is no status.");

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private RingEntry[] ReadAll()
    {
        var from = new TipReader(_bytes);
        var entries = new RingEntry[_count];
        for (var i = 0; i < entries.Length; i++) entries[i] = Read(ref from);
        return from.IsAtEnd ? entries : throw new FormatException("A ring has more bytes than entries.");
    }

    private static void Write(TipWriter to, Guid command, Guid? key, CommandStatus status, string? code, long version, DateTimeOffset issued)
    {
        to.Id(command);
        to.Byte((byte)((int)status | (key is null ? 0 : HasKey) | (code is null ? 0 : HasCode)));
        if (key is { } taken) to.Id(taken);
        if (code is not null) to.Text(code);
        to.Number(version);
        to.Time(issued);
    }

    private static RingEntry Read(ref TipReader from)
    {
        var id = from.Id();
        int flags = from.Byte();
        Guid? key = (flags & HasKey) != 0 ? from.Id() : null;
        var code = (flags & HasCode) != 0 ? from.Text() : null;
        return new RingEntry(id, key, StatusOf(flags), code, from.Number(), from.Time());
    }
}

/// <summary>The part of an outcome that a retry needs.</summary>
public sealed record RingEntry(
    Guid CommandId,
    Guid? KeyId,
    CommandStatus Status,
    string? Code,
    long Version,
    DateTimeOffset IssuedAt);
