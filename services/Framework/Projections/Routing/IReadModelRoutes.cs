using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Projections.Routing;

/// <summary>Stores which readers are served from which version of a read model.</summary>
public interface IReadModelRoutes
{
    /// <summary>
    /// Returns the routes by the common name of all versions, for example <c>products</c>. Without a route, the first
    /// version serves everybody.
    /// </summary>
    Task<IReadOnlyDictionary<string, ReadModelRoute>> ReadAsync(CancellationToken ct);

    /// <summary>
    /// Returns after the route is stored and has replaced the previous one. Every process uses it within <see
    /// cref="CurrentRoutes.Fresh"/>.
    /// </summary>
    Task SetAsync(string name, ReadModelRoute route, CancellationToken ct);

    /// <summary>Removes the route. Within the same time the first version serves everybody again.</summary>
    Task RemoveAsync(string name, CancellationToken ct);
}

/// <summary>A later version of a read model and the readers it serves. The first version serves all others.</summary>
/// <param name="Model">Name and version, for example <c>products-v2</c>.</param>
/// <param name="Percent">It serves the buckets below this number, out of <see cref="Buckets"/>. With 100 it serves
/// everybody, with or without a bucket.</param>
/// <param name="Named">It also serves these buckets.</param>
public sealed record ReadModelRoute(
    string Model,
    int Percent,
    IReadOnlyList<int> Named)
{
    /// <summary>
    /// True if the first version is retired: its content does not matter, and nobody waits for it. Only possible if
    /// this version serves everybody.
    /// </summary>
    public bool IsFinal { get; init; }

    /// <summary>The number of buckets, from 0. The edge assigns each segment to one of them, always the same.</summary>
    public const int Buckets = Segments.Buckets;

    /// <param name="bucket">Null for a reader without a bucket.</param>
    public bool Takes(int? bucket) => Percent >= Buckets || (bucket is { } one && (one < Percent || Named.Contains(one)));

    /// <summary>For example <c>10 %, and the buckets 42 and 77</c>.</summary>
    public override string ToString() => Named.Count switch
    {
        0 => $"{Percent} %{(IsFinal ? ", and the first version is retired" : "")}",
        1 => $"{Percent} %, and the bucket {Named[0]}",
        _ => $"{Percent} %, and the buckets {string.Join(", ", Named.SkipLast(1))} and {Named[^1]}",
    };
}
