using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Building;

/// <summary>Stores the positions of builds, so that a stopped build can continue.</summary>
public interface IBuildCheckpoints
{
    /// <summary>Returns the position of a stopped build, or null if there is none.</summary>
    Task<BuildCheckpoint?> FindAsync(string build, CancellationToken ct);

    Task SaveAsync(string build, BuildCheckpoint checkpoint, CancellationToken ct);

    /// <summary>
    /// Records that the build finished without skipping a stream. This stays recorded until another build saves a
    /// position.
    /// </summary>
    Task CompleteAsync(string build, CancellationToken ct);

    /// <summary>True when the most recent build that saved a position finished without skipping a stream.</summary>
    Task<bool> IsCompleteAsync(string build, CancellationToken ct);

    /// <summary>Deletes the position, because the build is over or starts again.</summary>
    Task DeleteAsync(string build, CancellationToken ct);
}

/// <param name="Through">The last finished stream. All streams before it are finished, and so are the earlier
/// categories of the read model.</param>
/// <param name="Streams">The number of finished streams.</param>
/// <param name="Events">The number of their events.</param>
public sealed record BuildCheckpoint(
    StreamId Through,
    long Streams,
    long Events);
