using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Routing;

/// <summary>
/// How far a read model's documents are for every reader. Where two versions may answer, the one that is behind counts. What one
/// of them lacks is missing.
/// </summary>
/// <param name="family">What its versions are called together.</param>
/// <param name="first">Of the version that answers everybody whom no route names.</param>
/// <param name="later">Of the other versions, by their names.</param>
public sealed class ServedVersions(
    string family,
    IReadModelVersions first,
    IReadOnlyDictionary<string, IReadModelVersions> later,
    CurrentRoutes routes) : IReadModelVersions
{
    public async Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        if (await routes.OfAsync(family) is not { } route || !later.TryGetValue(route.Model, out var routed)) return await first.LoadVersionsAsync(streams, ct);
        var others = await routed.LoadVersionsAsync(streams, ct);
        if (route.IsFinal) return others;
        var versions = await first.LoadVersionsAsync(streams, ct);
        return versions.Where(stream => others.ContainsKey(stream.Key)).ToDictionary(stream => stream.Key, stream => Math.Min(stream.Value, others[stream.Key]));
    }
}
