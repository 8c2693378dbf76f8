using System.Collections.Concurrent;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail.Occasions;

/// <summary>
/// Finds in the log what a mail about a lower price needs: the product, and its watchers at that time.
/// </summary>
public sealed class PriceDrops(IEventHistory history, EventStore.StreamReader streams, IPersonalData personal, PriceDropped template) : IOccasions
{
    public IReadOnlyList<Type> Events { get; } = [typeof(ProductPriceUpdated)];

    private const int StreamsAtOnce = 4;

    /// <summary>
    /// Returns the price falls that had watchers. A watch that began or ended at the exact time of the event counts as
    /// begun or ended.
    /// </summary>
    public async Task<(IReadOnlyList<Occasion> Found, IReadOnlyDictionary<StreamId, Exception> Errors)> FindAsync(IReadOnlyList<StreamBatch> batches, CancellationToken ct)
    {
        var (found, errors) = (new ConcurrentBag<Occasion>(), new ConcurrentDictionary<StreamId, Exception>());
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = ct }, async (batch, token) =>
        {
            try
            {
                foreach (var drop in await FindAsync(batch, token)) found.Add(drop);
            }
            catch (Exception e) when (!token.IsCancellationRequested)
            {
                errors[batch.Stream] = e;
            }
        });
        return ([.. found], errors);
    }

    private async Task<IReadOnlyList<Occasion>> FindAsync(StreamBatch batch, CancellationToken ct)
    {
        if (!ProductStreams.TryParse(batch.Stream, out var product)) return [];
        var falls = batch.Events.Where(e => e.Event is ProductPriceUpdated price && price.New.Amount < price.Old.Amount).ToList();
        if (falls.Count == 0) return [];

        // Time never runs backwards within a stream, so one read as of the last event returns all watches.
        var watches = await ReadWatchesAsync(product, falls[^1].At, ct);
        var watched = falls.Select(e => (Event: e, Watchers: WatchersAt(watches, e.At))).Where(fall => fall.Watchers.Count > 0).ToList();
        if (watched.Count == 0) return [];

        var life = await streams.ReadAsync(batch.Stream, new HistoryBounds(ToVersion: watched[^1].Event.Version), ct);
        if (life.Count != watched[^1].Event.Version) throw new HistoryGapException(batch.Stream, life.Count + 1, watched[^1].Event.Version);
        return
        [
            .. watched.Select(fall =>
            {
                var price = (ProductPriceUpdated)fall.Event.Event;
                var drop = new PriceDrop(product, ProductNames.LastIn(life.TakeWhile(e => e.Version <= fall.Event.Version))!, price.Old, price.New);
                return new Occasion(
                    fall.Event,
                    [.. fall.Watchers.Select(watcher => new Recipient(watcher.Customer, watcher.Email))],
                    async (to, token) => template.Write(drop, to.Address, await PersonalToken.CreateAsync(personal, WatchTokens.Unsubscribe, to.Person, product, token)));
            }),
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
        var other => throw new InvalidOperationException($"{other.GetType().Name} is not an event of a watch."),
    };
}
