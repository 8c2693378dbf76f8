using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Whose products are, also those that were deleted: no document names their seller any more.</summary>
public sealed class ProductSellers(GuardedTips tips, GuardedLog log)
{
    /// <summary>The seller, as the product's first event names them; null where there is none, or none that can be read.</summary>
    /// <exception cref="DependencyAwayException">The log is away.</exception>
    public async Task<string?> FindAsync(StreamId product, StreamTip? tip, CancellationToken ct)
    {
        var first = tip?.Newest.Events.FirstOrDefault(e => e.Version == 1)
            ?? (await log.ReadStreamsAsync([product], new HistoryBounds(ToVersion: 1), ct)).GetValueOrDefault(product)?[0];
        return (first?.Event as ProductCreated)?.Seller;
    }

    /// <inheritdoc cref="FindAsync(StreamId, StreamTip?, CancellationToken)"/>
    /// <exception cref="DependencyAwayException">Tips or log are away.</exception>
    public async Task<string?> FindAsync(StreamId product, CancellationToken ct) => await FindAsync(product, await tips.FindAsync(product, ct), ct);
}
