using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ReadModels.Building;

/// <summary>Where builds have got to, so that a stopped one goes on.</summary>
public interface IBuildCheckpoints
{
    /// <summary>Null where no such build was stopped.</summary>
    Task<BuildCheckpoint?> FindAsync(string build, CancellationToken ct);

    Task SaveAsync(string build, BuildCheckpoint checkpoint, CancellationToken ct);

    /// <summary>The build is done, or is to begin anew.</summary>
    Task DeleteAsync(string build, CancellationToken ct);
}

/// <param name="Through">The last stream of those that are done; all before it are done too, and so are the categories that the read model names before.</param>
/// <param name="Streams">How many are done.</param>
/// <param name="Events">How many these had.</param>
public sealed record BuildCheckpoint(
    StreamId Through,
    long Streams,
    long Events);
