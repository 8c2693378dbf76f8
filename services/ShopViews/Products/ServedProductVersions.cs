using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>How far the products are for every reader: of two versions that may answer, the one that is behind. What one of them lacks is missing.</summary>
/// <param name="first">Of the version that answers whoever no route names.</param>
/// <param name="later">Of the other, by its name, as in <c>products-v2</c>.</param>
public sealed class ServedProductVersions(IReadModelVersions first, IReadOnlyDictionary<string, IReadModelVersions> later, CurrentRoutes routes) : IReadModelVersions
{
    public async Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        if (await routes.OfAsync(ShopReadModels.Products) is not { } route || !later.TryGetValue(route.Model, out var routed)) return await first.LoadVersionsAsync(streams, ct);
        var others = await routed.LoadVersionsAsync(streams, ct);
        if (route.IsFinal) return others;
        var versions = await first.LoadVersionsAsync(streams, ct);
        return versions.Where(stream => others.ContainsKey(stream.Key)).ToDictionary(stream => stream.Key, stream => Math.Min(stream.Value, others[stream.Key]));
    }
}
