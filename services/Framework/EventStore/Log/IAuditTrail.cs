using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// The audit trail: every decided command with its outcome, in the order of the decisions. It may lack a stream's
/// latest commit, which only the tip holds.
/// </summary>
public interface IAuditTrail
{
    /// <summary>Returns the next commands that match the query, each once, at most <paramref name="limit"/>.</summary>
    /// <param name="after">The place of the last command read (exclusive), or null to start with the oldest or
    /// newest.</param>
    Task<IReadOnlyList<CommandOutcome>> ReadAsync(TrailQuery query, TrailPlace? after, bool newestFirst, int limit, CancellationToken ct);
}

/// <summary>A filter of the audit trail. A command must match every property that is not null.</summary>
/// <param name="Actor">The subject who issued the command.</param>
/// <param name="From">The earliest time of the decision (inclusive).</param>
/// <param name="To">The latest time of the decision (inclusive).</param>
public sealed record TrailQuery(
    StreamId? Stream = null,
    string? Actor = null,
    Guid? Command = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null)
{
    /// <summary>Returns true when the outcome matches the query.</summary>
    public bool Names(CommandOutcome outcome) =>
        (Stream is null || outcome.Stream == Stream)
        && (Actor is null || outcome.Actor.Id == Actor)
        && (Command is null || outcome.CommandId == Command)
        && (From is null || outcome.At >= From)
        && (To is null || outcome.At <= To);
}

/// <summary>
/// A command's position in the trail, sorted by time, then stream. Within a stream this is the order of decisions,
/// because time and version never decrease there. The command that produced a version precedes those that found it.
/// </summary>
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
