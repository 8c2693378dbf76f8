namespace ServerlessCqrs.Projections.Routing;

/// <summary>Who is answered from which version of a read model, as operators say.</summary>
public interface IReadModelRoutes
{
    /// <summary>The routes, by what all versions are called together, as in <c>products</c>; where there is none, the first version answers everybody.</summary>
    Task<IReadOnlyDictionary<string, ReadModelRoute>> ReadAsync(CancellationToken ct);

    /// <summary>Returns once it is stored, in the place of what was said before; within <see cref="CurrentRoutes.Fresh"/> every process goes by it.</summary>
    Task SetAsync(string name, ReadModelRoute route, CancellationToken ct);

    /// <summary>The first version answers everybody again, within that time.</summary>
    Task RemoveAsync(string name, CancellationToken ct);
}

/// <summary>A later version of a read model, and whom it answers; whoever it does not is answered by the first.</summary>
/// <param name="Model">Name and version, as in <c>products-v2</c>.</param>
/// <param name="Percent">The buckets below this number, of <see cref="Buckets"/>; with 100, everybody, whether in a bucket or not.</param>
/// <param name="Named">And these buckets, whatever the percentage.</param>
public sealed record ReadModelRoute(
    string Model,
    int Percent,
    IReadOnlyList<int> Named)
{
    /// <summary>Whether the first version is retired: what it holds is of no account, and nobody waits for it. Only where this one answers everybody.</summary>
    public bool IsFinal { get; init; }

    /// <summary>So many there are, from 0 on: the edge puts whoever names a segment into one of them, always the same.</summary>
    public const int Buckets = 100;

    /// <param name="bucket">Null for who is in none.</param>
    public bool Takes(int? bucket) => Percent >= Buckets || (bucket is { } one && (one < Percent || Named.Contains(one)));

    /// <summary>As in <c>10 %, and the buckets 42 and 77</c>.</summary>
    public override string ToString() => Named.Count switch
    {
        0 => $"{Percent} %{(IsFinal ? ", and the first version is retired" : "")}",
        1 => $"{Percent} %, and the bucket {Named[0]}",
        _ => $"{Percent} %, and the buckets {string.Join(", ", Named.SkipLast(1))} and {Named[^1]}",
    };
}
