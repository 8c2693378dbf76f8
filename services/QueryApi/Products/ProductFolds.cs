using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Products folded from their events by the projection that fills the read model, in whichever version: the same document.</summary>
public sealed class ProductFolds(Lanes lanes, UnprojectedStreams unprojected)
{
    /// <summary>The product as it was at some point, and what its reviews said by then: by that time, or by that version's. Where the tips are away, without its reviews.</summary>
    /// <exception cref="DependencyAwayException">The log is away.</exception>
    public async Task<ProductView> FoldPastAsync(ProductVersion version, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var view = await FoldAsync(version, lanes.Public, stream, bounds, ct);
        if (view.Document is not { } document || view.MayLackNewest) return view;
        return view with { Rating = await lanes.Public.Past().RatingAsync(document.Id, bounds.AsOf ?? document.UpdatedAt, ct) };
    }

    /// <summary>The product as log and tip have it, without its reviews; as the log alone has it where the tips are away.</summary>
    /// <exception cref="DependencyAwayException">The log is away too.</exception>
    public Task<ProductView> FoldAsync(ProductVersion version, StreamId stream, CancellationToken ct) => FoldAsync(version, lanes.Usual, stream, HistoryBounds.Everything, ct);

    /// <summary>A product that the read model does not have, or not at the version that is asked for. Its tip is looked at first: usually it has all there is, or shows that there is nothing.</summary>
    /// <exception cref="DependencyAwayException">Tips or log are away: nobody knows whether there is such a product.</exception>
    public async Task<ProductView> FoldUnprojectedAsync(ProductVersion version, StreamId stream, CancellationToken ct)
    {
        try
        {
            if (await unprojected.FindAsync(stream, ct) is not { } tip) return new ProductView(version, Item: null, IsFolded: false, MayLackNewest: false);
            if (tip.Newest.Events is [{ Version: 1 }, ..] all) return new ProductView(version, version.Past.Fold(all), IsFolded: true, MayLackNewest: false);
        }
        catch (DependencyAwayException)
        {
            // The log alone may have it.
        }

        return await FoldAsync(version, unprojected.Lane, stream, HistoryBounds.Everything, ct);
    }

    private static async Task<ProductView> FoldAsync(ProductVersion version, Lane lane, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var (item, mayLackNewest) = await version.Past.FoldAsync(lane, stream, bounds, ct);
        return new ProductView(version, item, IsFolded: true, mayLackNewest);
    }
}
