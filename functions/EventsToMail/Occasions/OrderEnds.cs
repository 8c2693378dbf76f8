using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToMail.Occasions;

/// <summary>
/// Finds the orders that were confirmed, rejected or cancelled. One read gets what their mails need: the products'
/// names at that time, and each order's address.
/// </summary>
public sealed class OrderEnds(EventStore.StreamReader streams, OrderMails template) : IOccasions
{
    public IReadOnlyList<Type> Events { get; } = [typeof(OrderConfirmed), typeof(OrderRejected), typeof(OrderCancelled)];

    public async Task<(IReadOnlyList<Occasion> Found, IReadOnlyDictionary<StreamId, Exception> Errors)> FindAsync(IReadOnlyList<StreamBatch> batches, CancellationToken ct)
    {
        var errors = new Dictionary<StreamId, Exception>();
        List<EventRecord> ends = [.. batches.SelectMany(batch => batch.Events).Where(e => e.Event is OrderConfirmed or OrderRejected or OrderCancelled)];
        if (ends.Count == 0) return ([], errors);

        var histories = await streams.ReadEachAsync([.. ends.SelectMany(StreamsOf).Distinct()], new HistoryBounds(AsOf: ends.Max(e => e.At)), ct);
        List<Occasion> found = [];
        foreach (var end in ends)
        {
            try
            {
                found.Add(OccasionOf(end, histories));
            }
            catch (Exception e)
            {
                errors[end.Stream] = e;
            }
        }

        return (found, errors);
    }

    private Occasion OccasionOf(EventRecord end, StreamHistories histories)
    {
        var created = histories.Of(end.Stream).Select(e => e.Event).OfType<OrderCreated>().FirstOrDefault() ?? throw new HistoryGapException(end.Stream, 1, end.Version);
        var names = created.Items.ToDictionary(item => item.ProductId, item => ProductNames.LastIn(histories.Of(ProductStreams.IdOf(item.ProductId)).Where(e => e.At <= end.At)));
        var order = OrderStreams.TryParse(end.Stream, out var id) ? id : throw new InvalidOperationException($"{end.Stream} is not the stream of an order.");
        return new Occasion(end, [new Recipient(created.Customer, created.Email)], (to, _) => Task.FromResult(template.Write(order, (IOrderEvent)end.Event, names, to)));
    }

    private static IEnumerable<StreamId> StreamsOf(EventRecord end) =>
    [
        end.Stream,
        .. (end.Event switch
        {
            OrderConfirmed confirmed => confirmed.Lines.Select(line => line.ProductId),
            OrderRejected rejected => rejected.Items.Select(item => item.ProductId),
            OrderCancelled cancelled => cancelled.Items.Select(item => item.ProductId),
            var other => throw new InvalidOperationException($"{other.GetType().Name} does not end an order."),
        }).Select(ProductStreams.IdOf),
    ];
}
