using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>The result of projecting one stream.</summary>
/// <param name="Version">The version that the item has reached, or 0 if unknown.</param>
/// <param name="Error">Why the item did not reach the batch's version, or null if it did.</param>
public sealed record Projected(
    StreamId Stream,
    long Version,
    Exception? Error = null)
{
    /// <summary>
    /// True if the stored data causes the error, and not the store. A retry fails until code, log or item change.
    /// </summary>
    public bool IsStuck { get; init; }
}

/// <summary>
/// Log and tip end before the hint's version. They were read too early, or the hint is wrong. A later retry may
/// succeed.
/// </summary>
public sealed class HistoryEndsShortException(StreamId stream, long expected, long found)
    : Exception($"{stream} should have reached version {expected}, but its history ends at {found}.");

/// <summary>Other processes changed the item during each attempt.</summary>
public sealed class LostRaceException(StreamId stream, int attempts)
    : Exception($"The item of {stream} was changed by others {attempts} times in a row.");
