using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.EdgeCache;

/// <summary>Deletes documents from the edge's cache.</summary>
public interface IInvalidations
{
    /// <summary>
    /// Invalidates these documents. A second call with the same versions of the same streams, in any order, creates no
    /// second invalidation.
    /// </summary>
    /// <param name="changes">At least one.</param>
    Task CreateAsync(IReadOnlyCollection<EdgeChange> changes, CancellationToken ct);
}

/// <summary>A document that the edge caches changed.</summary>
/// <param name="Path">The document's path, without a wildcard.</param>
/// <param name="Stream">The stream with the change. Several streams may change one document.</param>
/// <param name="Version">The version of that stream that the read model shows, or an earlier one.</param>
public sealed record EdgeChange(
    string Path,
    StreamId Stream,
    long Version);
