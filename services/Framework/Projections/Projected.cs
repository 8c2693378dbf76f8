using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>How projecting one stream ended.</summary>
/// <param name="Version">The version that the item is known to have reached; 0 where that is not known.</param>
/// <param name="Error">Why the item did not reach what the batch says; null where it did.</param>
public sealed record Projected(
    StreamId Stream,
    long Version,
    Exception? Error = null)
{
    /// <summary>Whether the error lies in what is stored, not in storing it: trying again cannot help while code, log and item are what they are.</summary>
    public bool IsStuck { get; init; }
}

/// <summary>Log and tip end before the version that a hint told of: they are read too early, or the hint is wrong. Trying again later may heal it.</summary>
public sealed class HistoryEndsShortException(StreamId stream, long expected, long found)
    : Exception($"{stream} should have reached version {expected}, but its history ends at {found}.");

/// <summary>Others changed the item each time it was tried.</summary>
public sealed class LostRaceException(StreamId stream, int attempts)
    : Exception($"The item of {stream} was changed by others {attempts} times in a row.");
