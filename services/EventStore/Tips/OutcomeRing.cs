namespace ServerlessCqrs.EventStore.Tips;

/// <summary>The last outcomes of a stream, oldest first. What was pushed out is in the log.</summary>
/// <param name="EvictedThrough">The latest <see cref="RingEntry.IssuedAt"/> of all that was pushed out; null where
/// nothing was. A command issued later than this, and not in the ring, was never decided. These are times of issue: a
/// retry carries the same one, and is decided later.</param>
public sealed record OutcomeRing(
    IReadOnlyList<RingEntry> Entries,
    DateTimeOffset? EvictedThrough)
{
    /// <summary>Sixteen entries are about 1 KB of the tip; retries come within seconds, when a stream has rarely seen more commands than that.</summary>
    public const int Capacity = 16;

    public static OutcomeRing Empty { get; } = new([], null);

    /// <summary>The ring after these outcomes.</summary>
    public OutcomeRing Push(IReadOnlyList<CommandOutcome> outcomes)
    {
        var all = new List<RingEntry>(Entries.Count + outcomes.Count);
        all.AddRange(Entries);
        foreach (var outcome in outcomes) all.Add(new RingEntry(outcome.CommandId, outcome.KeyId, outcome.Status, outcome.Code, outcome.Version, outcome.IssuedAt));
        if (all.Count <= Capacity) return this with { Entries = all };

        var evicted = EvictedThrough;
        for (var i = 0; i < all.Count - Capacity; i++)
            if (evicted is null || all[i].IssuedAt > evicted) evicted = all[i].IssuedAt;
        return new OutcomeRing(all.GetRange(all.Count - Capacity, Capacity), evicted);
    }
}

/// <summary>One outcome, as short as a retry needs it.</summary>
public sealed record RingEntry(
    Guid CommandId,
    Guid? KeyId,
    CommandStatus Status,
    string? Code,
    long Version,
    DateTimeOffset IssuedAt);
