using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Building;

/// <summary>Where builds have got to, so that a stopped one goes on.</summary>
public interface IBuildCheckpoints
{
    /// <summary>Null where no such build was stopped.</summary>
    Task<BuildCheckpoint?> FindAsync(string build, CancellationToken ct);

    Task SaveAsync(string build, BuildCheckpoint checkpoint, CancellationToken ct);

    /// <summary>The build has left nothing out, and that is remembered until another one has a place of its own; there is nothing to go on with.</summary>
    Task CompleteAsync(string build, CancellationToken ct);

    /// <summary>Whether the last one that got anywhere has ended so.</summary>
    Task<bool> IsCompleteAsync(string build, CancellationToken ct);

    /// <summary>The build is over, or is to begin anew.</summary>
    Task DeleteAsync(string build, CancellationToken ct);
}

/// <param name="Through">The last stream of those that are done; all before it are done too, and so are the categories that the read model names before.</param>
/// <param name="Streams">How many are done.</param>
/// <param name="Events">How many these had.</param>
public sealed record BuildCheckpoint(
    StreamId Through,
    long Streams,
    long Events);
