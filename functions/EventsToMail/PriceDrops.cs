using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.EventsToMail;

/// <summary>Finds in the log what a mail about a fallen price needs: the product, and who watched it when it fell.</summary>
public sealed class PriceDrops(IEventHistory history, EventStore.StreamReader streams)
{
    /// <summary>The prices that fell in this batch and that somebody watched, by version. A watch that began or ended at the very time of the event counts as begun or ended.</summary>
    /// <exception cref="HistoryGapException">The log is behind; to be tried again.</exception>
    public async Task<IReadOnlyList<PriceDrop>> FindAsync(StreamBatch batch, CancellationToken ct)
    {
        if (!ProductStreams.TryParse(batch.Stream, out var product)) return [];
        var falls = batch.Events.Where(e => e.Event is ProductPriceUpdated price && price.New.Amount < price.Old.Amount).ToList();
        if (falls.Count == 0) return [];

        // Within a stream time never runs backwards, so one read as of the last event has them all.
        var watches = await ReadWatchesAsync(product, falls[^1].At, ct);
        var watched = falls.Select(e => (Event: e, Watchers: WatchersAt(watches, e.At))).Where(fall => fall.Watchers.Count > 0).ToList();
        if (watched.Count == 0) return [];

        var life = await streams.ReadAsync(batch.Stream, new HistoryBounds(ToVersion: watched[^1].Event.Version), ct);
        if (life.Count != watched[^1].Event.Version) throw new HistoryGapException(batch.Stream, life.Count + 1, watched[^1].Event.Version);
        return
        [
            .. watched.Select(fall => new PriceDrop(
                batch.Stream,
                fall.Event.EventId,
                product,
                NameAt(life, fall.Event.Version),
                ((ProductPriceUpdated)fall.Event.Event).Old,
                ((ProductPriceUpdated)fall.Event.Event).New,
                fall.Watchers)),
        ];
    }

    private async Task<IReadOnlyList<IReadOnlyList<EventRecord>>> ReadWatchesAsync(Guid product, DateTimeOffset asOf, CancellationToken ct)
    {
        var events = await history.ReadPrefixAsync($"{WatchStreams.Category}-{product:D}-", asOf, ct);
        List<IReadOnlyList<EventRecord>> watches = [.. events.GroupBy(e => e.Stream).Select(watch => watch.ToList())];
        foreach (var watch in watches)
            for (var i = 0; i < watch.Count; i++)
                if (watch[i].Version != i + 1) throw new HistoryGapException(watch[i].Stream, i + 1, watch[i].Version);
        return watches;
    }

    private static List<PriceWatched> WatchersAt(IReadOnlyList<IReadOnlyList<EventRecord>> watches, DateTimeOffset at) =>
        [.. watches.Select(watch => WatchAt(watch, at)).OfType<PriceWatched>()];

    private static PriceWatched? WatchAt(IReadOnlyList<EventRecord> watch, DateTimeOffset at) => watch.LastOrDefault(e => e.At <= at)?.Event switch
    {
        null or PriceUnwatched => null,
        PriceWatched watched => watched,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no event of a watch."),
    };

    private static string NameAt(IReadOnlyList<EventRecord> life, long version) => life
        .Where(e => e.Version <= version)
        .Select(e => e.Event switch
        {
            ProductCreated created => created.Name,
            ProductDetailsRevised revised => revised.Name,
            IProductEvent => null,
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no event of a product."),
        })
        .OfType<string>()
        .Last();
}
