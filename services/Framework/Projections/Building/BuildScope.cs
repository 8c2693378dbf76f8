using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Building;

/// <summary>Selects the streams of a build.</summary>
/// <param name="Category">The only category to build, or null for every category of the read model.</param>
/// <param name="ChangedSince">Selects streams with an event at or after this time. Each is built whole.</param>
public sealed record BuildScope(
    string? Category = null,
    DateTimeOffset? ChangedSince = null)
{
    public static BuildScope Everything { get; } = new();

    /// <summary>The same scope gives the same text, by which a stopped build continues.</summary>
    public override string ToString() => $"{Category ?? "everything"}{(ChangedSince is { } since ? $" since {since.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}" : "")}";
}

/// <summary>The progress of a build, including the parts before it was stopped.</summary>
/// <param name="TotalStreams">The streams at the start or continuation. Streams created later are projected as
/// usual.</param>
/// <param name="StreamsPerSecond">The rate since the start or continuation.</param>
/// <param name="Remaining">The remaining time at the current rate, or null before there is a rate.</param>
public sealed record BuildProgress(
    long Streams,
    long Events,
    long TotalStreams,
    long TotalEvents,
    double StreamsPerSecond,
    double EventsPerSecond,
    TimeSpan? Remaining);

/// <summary>The result of a build.</summary>
/// <param name="Ahead">Streams whose item was newer than the log that was read. Their items were left
/// unchanged.</param>
/// <param name="Stuck">Streams whose events cannot be folded, or whose newer item cannot be read, with the reason.
/// Their items are unchanged. Only the first <see cref="ReadModelBuild.KeptStuck"/>.</param>
public sealed record BuildReport(
    long Streams,
    long Events,
    long Ahead,
    long StuckStreams,
    IReadOnlyList<(StreamId Stream, string Reason)> Stuck,
    TimeSpan Elapsed)
{
    /// <summary>The number of deleted index entries that belonged to no item.</summary>
    public long Strays { get; init; }
}
