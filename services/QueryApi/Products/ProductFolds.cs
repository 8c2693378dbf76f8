using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.ReadModels.History;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Products folded from their events by the projection that fills the read model, in whichever version: the same document.</summary>
public sealed class ProductFolds(PastReadModels past)
{
    /// <summary>The product as it was at some point, and what its reviews said by then: by that time, or by that version's. Where the tips are away, without its reviews.</summary>
    /// <exception cref="DependencyAwayException">The log is away.</exception>
    public async Task<ProductView> FoldPastAsync(ProductVersion version, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var view = await FoldAsync(version, stream, bounds, ct);
        if (view.Document is not { } document || view.MayLackNewest) return view;
        return view with { Rating = await past.RatingAsync(document.Id, bounds.AsOf ?? document.UpdatedAt, ct) };
    }

    /// <summary>The product as log and tip have it, without its reviews; as the log alone has it where the tips are away.</summary>
    /// <exception cref="DependencyAwayException">The log is away too.</exception>
    public async Task<ProductView> FoldAsync(ProductVersion version, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var (item, mayLackNewest) = await version.Past.FoldAsync(stream, bounds, ct);
        return new ProductView(version, item, IsFolded: true, mayLackNewest);
    }
}
