using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Freshness;

namespace ServerlessCqrs.QueryApi.Orders;

/// <summary>Reads orders for those who may see them. To everybody else an order that is there is as one that is not: in what is answered, in what is read for it, and so in how long it takes.</summary>
public sealed class OrderReader(IOrderQueries orders, Lanes lanes, UnprojectedStreams unprojected, ReadModelCircuits circuits, VersionWait wait)
{
    private static readonly OrderProjection Projection = new();

    /// <summary>
    /// The order from the read model, from log and tip where that is away or behind. It may still be older than <paramref name="atLeast"/>: the caller looks. Null where that version lies so far beyond the tip that nobody can have been
    /// told of it.
    /// </summary>
    /// <param name="atLeast">The version to wait for; null for whatever there is.</param>
    /// <exception cref="DependencyAwayException">Neither read model nor log can be read, or nobody knows whether there is such an order.</exception>
    public async Task<OrderView?> ReadAsync(Guid id, Actor caller, long? atLeast, CancellationToken ct)
    {
        var stream = OrderStreams.IdOf(id);
        Found found;
        try
        {
            found = await FindAsync(id, caller, ct);
            if (IsEnough(found)) return Shown(found);
            if (atLeast is { } version)
            {
                if (!await unprojected.MayReachAsync(stream, version, ct, isHidden: found.IsHidden)) return null;
                found = await wait.ReadAsync(token => FindAsync(id, caller, token), IsEnough, ct);
                if (IsEnough(found)) return Shown(found);
            }
        }
        catch (DependencyAwayException)
        {
            var (events, mayLackNewest) = await lanes.Usual.Streams.ReadAsync(stream, HistoryBounds.Everything, ct);
            return Folded(events, caller, mayLackNewest);
        }

        return await FoldUnprojectedAsync(stream, found, caller, ct);

        bool IsEnough(Found one) => one.Order is { } order && !(order.Version < atLeast);
    }

    /// <summary>Its tip is looked at first, whether the order is hidden or not there: usually it has all events of a new order.</summary>
    private async Task<OrderView> FoldUnprojectedAsync(StreamId stream, Found found, Actor caller, CancellationToken ct)
    {
        var tip = await unprojected.FindAsync(stream, ct);
        if (tip is null || found.IsHidden) return Shown(found);
        if (tip.Newest.Events is [{ Version: 1 }, ..] all) return Folded(all, caller, mayLackNewest: false);
        var (events, mayLackNewest) = await unprojected.Lane.Streams.ReadAsync(stream, HistoryBounds.Everything, ct);
        return Folded(events, caller, mayLackNewest);
    }

    private async Task<Found> FindAsync(Guid id, Actor caller, CancellationToken ct)
    {
        var (order, fault) = await circuits.Orders.CallAsync(token => TryFindAsync(id, token), ct);
        if (fault is not null) throw new DependencyAwayException(circuits.Orders.Name, fault);
        var visible = Visible(order, caller);
        return new Found(visible, IsHidden: order is not null && visible is null);
    }

    // One order that cannot be read is no failure of the table: it must not open its circuit.
    private async Task<(OrderDocument? Order, FormatException? Fault)> TryFindAsync(Guid id, CancellationToken ct)
    {
        try
        {
            return (await orders.FindAsync(id, ct), null);
        }
        catch (FormatException e)
        {
            return (null, e);
        }
    }

    private static OrderView Shown(Found found) => new(found.Order, IsFolded: false, MayLackNewest: false);

    private static OrderView Folded(IReadOnlyList<EventStore.EventRecord> events, Actor caller, bool mayLackNewest) =>
        new(Visible(Projection.Fold(events)?.Document, caller), IsFolded: true, mayLackNewest);

    private static OrderDocument? Visible(OrderDocument? order, Actor caller) => caller.Role == Actor.Operator || order?.Customer == caller.Id ? order : null;

    /// <param name="IsHidden">Whether there is such an order, which is not the caller's.</param>
    private readonly record struct Found(OrderDocument? Order, bool IsHidden);
}
