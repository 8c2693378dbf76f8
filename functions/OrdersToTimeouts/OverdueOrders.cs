using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.OrdersToTimeouts;

/// <summary>Ends the orders whose products have not all answered in time, so that what the others set aside goes back. Nearly always there is none: an order is settled within a second or two, and one look at its tip tells.</summary>
public sealed class OverdueOrders(HintedStreams hinted, StateReader states, ICommandStream commands, TimeProvider clock)
{
    /// <summary>By how much the clocks may differ of whoever took the order, of the queue that held the message back, and of this machine.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>Returns once the ends are acknowledged, and why which orders were not looked after: one whose time is not over comes again when the queue shows it next.</summary>
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

/// <summary>The message came before the order's time was over.</summary>
public sealed class NotOverdueException(StreamId order, DateTimeOffset reserveBy) : Exception($"{order} may wait for its products until {reserveBy:O}.");
