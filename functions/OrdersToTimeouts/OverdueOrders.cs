using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.OrdersToTimeouts;

/// <summary>
/// Ends the orders for which some products have not answered in time, so that reserved stock is returned. Nearly all
/// orders are settled within two seconds, and then one read of the order's tip suffices.
/// </summary>
public sealed class OverdueOrders(HintedStreams hinted, StateReader states, ICommandStream commands, TimeProvider clock)
{
    /// <summary>The most by which the clocks of the API, of the queue and of this machine may differ.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Returns after Kinesis has acknowledged the commands. Returns the orders that were not handled, each with its
    /// error. The queue redelivers an order whose time is not over.
    /// </summary>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> ExpireAsync(IReadOnlyList<StreamBatch> streams, CancellationToken ct)
    {
        var (batches, errors) = await hinted.ReadAsync([.. streams.Where(batch => batch.Stream.Category == OrderStreams.Category)], ct);
        var orders = new Dictionary<StreamId, (EventRecord Record, OrderCreated Created)>();
        foreach (var batch in batches)
        {
            try
            {
                foreach (var e in batch.Events)
                    if (e.Event is OrderCreated created) orders[batch.Stream] = (e, created);
            }
            catch (Exception e)
            {
                errors[batch.Stream] = e;
            }
        }

        var found = await states.ReadAsync([.. orders.Keys], ct);
        List<CommandRecord> ends = [];
        foreach (var (order, (record, created)) in orders)
        {
            var overdue = OrderProcess.Overdue(order, (OrderState?)found.GetValueOrDefault(order));
            if (overdue.Count > 0 && created.ReserveBy > clock.GetUtcNow() + ClockDifference) errors[order] = new NotOverdueException(order, created.ReserveBy);
            else ends.AddRange(overdue.Select(end => CommandRecord.Answer(OrderProcess.Manager, record, end.Target, end.Command, created.ReserveBy)));
        }

        if (ends.Count > 0) await commands.PutAsync(ends, ct);
        return errors;
    }
}

/// <summary>The message arrived before the order's time was over.</summary>
public sealed class NotOverdueException(StreamId order, DateTimeOffset reserveBy) : Exception($"{order} may wait for its products until {reserveBy:O}.");
