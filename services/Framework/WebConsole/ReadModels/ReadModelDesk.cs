using ServerlessCqrs.Projections.Building;

namespace ServerlessCqrs.WebConsole.ReadModels;

/// <summary>Lists, routes, builds, compares and retires the versions of read models.</summary>
public interface IReadModelDesk
{
    Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken ct);

    /// <summary>Routes this share of the readers to a version, and the others to the first.</summary>
    /// <exception cref="RefusedException">The version cannot serve; the message says what to do.</exception>
    Task RouteAsync(string name, string version, int percent, CancellationToken ct);

    /// <summary>Routes everybody to the first version.</summary>
    /// <exception cref="RefusedException">The first version is retired.</exception>
    Task BackAsync(string name, CancellationToken ct);

    /// <summary>Wakes a version if it is asleep, and fills it from the log. Resumes an earlier build.</summary>
    Task<BuildReport> BuildAsync(string name, string version, Action<BuildProgress> progress, CancellationToken ct);

    /// <summary>Compares every item with the fold of its stream, and with another version.</summary>
    /// <param name="beside">The other version; null for none.</param>
    Task<Comparison> CompareAsync(string name, string version, string? beside, Action<long> progress, CancellationToken ct);

    /// <summary>Deletes a version's items and puts it to sleep. Returns how many items there were.</summary>
    /// <exception cref="RefusedException">It serves readers; the message says what to do.</exception>
    Task<long> RetireAsync(string name, string version, CancellationToken ct);
}

/// <summary>One version of a read model.</summary>
/// <param name="Name">The name that all versions share, for example <c>accounts</c>.</param>
/// <param name="Version">For example <c>v2</c>.</param>
/// <param name="IsFirst">Whether it serves the readers that are not routed to another version.</param>
/// <param name="IsAlive">Whether events flow into it.</param>
/// <param name="IsBuilt">Whether a build of all streams was completed. The first version needs no build.</param>
/// <param name="Percent">The share of readers that it serves.</param>
/// <param name="Buckets">Buckets that it serves at any share.</param>
/// <param name="Categories">The streams that it follows.</param>
public sealed record ModelVersion(
    string Name,
    string Version,
    bool IsFirst,
    bool IsAlive,
    bool IsBuilt,
    int Percent,
    IReadOnlyList<int> Buckets,
    IReadOnlyList<string> Categories)
{
    public string Model => $"{Name}-{Version}";
}

/// <summary>What a comparison found.</summary>
/// <param name="Missing">Streams without an item.</param>
/// <param name="Differing">Items that differ from the fold of their events.</param>
/// <param name="First">The first differing items, and how they differ.</param>
/// <param name="Beside">The differences from the other version, and the number of items with each.</param>
public sealed record Comparison(
    long Items,
    long Missing,
    long OnTheWay,
    long Differing,
    IReadOnlyList<string> First,
    IReadOnlyDictionary<string, long> Beside);
