using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Building;

/// <summary>Which streams a build goes through.</summary>
/// <param name="Category">Only this one; null for every category that the read model follows.</param>
/// <param name="ChangedSince">Only streams with an event at or after this time; each is built whole.</param>
public sealed record BuildScope(
    string? Category = null,
    DateTimeOffset? ChangedSince = null)
{
    public static BuildScope Everything { get; } = new();

    /// <summary>The same scope is the same text: a build goes on where one of the same scope stopped.</summary>
    public override string ToString() => $"{Category ?? "everything"}{(ChangedSince is { } since ? $" since {since.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}" : "")}";
}

/// <summary>How far a build is, the parts before it was stopped and went on included.</summary>
/// <param name="TotalStreams">How many there were when it began or went on; what is created meanwhile is projected as it happens.</param>
/// <param name="StreamsPerSecond">Since it began or went on.</param>
/// <param name="Remaining">At the rate so far; null before there is one.</param>
public sealed record BuildProgress(
    long Streams,
    long Events,
    long TotalStreams,
    long TotalEvents,
    double StreamsPerSecond,
    double EventsPerSecond,
    TimeSpan? Remaining);

/// <summary>How a build ended.</summary>
/// <param name="Ahead">Streams whose item was newer than the log read for them, and was left as it was.</param>
/// <param name="Stuck">Streams whose events cannot be folded, or whose item is newer and cannot be read, and why: their items are as they were. The first <see cref="ReadModelBuild.KeptStuck"/> of them.</param>
public sealed record BuildReport(
    long Streams,
    long Events,
    long Ahead,
    long StuckStreams,
    IReadOnlyList<(StreamId Stream, string Reason)> Stuck,
    TimeSpan Elapsed)
{
    /// <summary>Index entries that no item had: they are deleted.</summary>
    public long Strays { get; init; }
}
