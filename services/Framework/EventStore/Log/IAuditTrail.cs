using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The audit trail: every command that was ever decided, with its outcome, in the order of the decisions. It may lack a stream's newest commit, which the tip still holds.</summary>
public interface IAuditTrail
{
    /// <summary>The next commands of the trail that the query names, each once, at most <paramref name="limit"/>.</summary>
    /// <param name="after">Exclusive: the place of the last one that was read; null from the first on, which is the oldest or the newest.</param>
    Task<IReadOnlyList<CommandOutcome>> ReadAsync(TrailQuery query, TrailPlace? after, bool newestFirst, int limit, CancellationToken ct);
}

/// <summary>Some commands of the audit trail: those of which all holds that is not null.</summary>
/// <param name="Actor">The subject who issued it.</param>
/// <param name="From">Decided at this time or later.</param>
/// <param name="To">Decided at this time or before.</param>
public sealed record TrailQuery(
    StreamId? Stream = null,
    string? Actor = null,
    Guid? Command = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null)
{
    /// <summary>Whether the query names that command.</summary>
    public bool Names(CommandOutcome outcome) =>
        (Stream is null || outcome.Stream == Stream)
        && (Actor is null || outcome.Actor.Id == Actor)
        && (Command is null || outcome.CommandId == Command)
        && (From is null || outcome.At >= From)
        && (To is null || outcome.At <= To);
}

/// <summary>Where a command stands in the trail: by time, then stream; within a stream as it was decided, since time and version never run backwards there, and what made a version comes before what met it.</summary>
public sealed record TrailPlace(
    DateTimeOffset At,
    StreamId Stream,
    long Version,
    CommandStatus Status,
    Guid CommandId) : IComparable<TrailPlace>
{
    public static TrailPlace Of(CommandOutcome outcome) => new(outcome.At, outcome.Stream, outcome.Version, outcome.Status, outcome.CommandId);

    public int CompareTo(TrailPlace? other)
    {
        if (other is null) return 1;
        var order = At.CompareTo(other.At);
        if (order == 0) order = string.CompareOrdinal(Stream.ToString(), other.Stream.ToString());
        if (order == 0) order = Version.CompareTo(other.Version);
        if (order == 0) order = string.CompareOrdinal(ClickHouseRows.NameOf(Status), ClickHouseRows.NameOf(other.Status));
        return order == 0 ? string.CompareOrdinal(CommandId.ToString("D"), other.CommandId.ToString("D")) : order;
    }

    public static bool operator <(TrailPlace left, TrailPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(TrailPlace left, TrailPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(TrailPlace left, TrailPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TrailPlace left, TrailPlace right) => left.CompareTo(right) >= 0;
}
