using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.QueryApi.Versions;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Orders;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;

namespace ServerlessCqrs.QueryApi.Orders;

/// <summary>Reads orders for those who may see them. To everybody else an order that is there is as one that is not: in what is answered, and in how long it takes.</summary>
public sealed class OrderReader(IOrderQueries orders, GuardedStreams streams, Dependencies dependencies, VersionWait wait)
{
    private static readonly OrderProjection Projection = new();

    /// <summary>The order from the read model, from log and tip where that is away or behind. It may still be older than <paramref name="atLeast"/>: the caller looks.</summary>
    /// <param name="atLeast">The version to wait for; null for whatever there is.</param>
    /// <exception cref="DependencyAwayException">Neither read model nor log can be read.</exception>
    public async Task<OrderView> ReadAsync(Guid id, Actor caller, long? atLeast, CancellationToken ct)
    {
        try
        {
            var order = await wait.ReadAsync(token => FindAsync(id, caller, token), found => atLeast is null || found?.Version >= atLeast, ct);
            if (atLeast is null || order?.Version >= atLeast) return new OrderView(order, IsFolded: false, MayLackNewest: false);
        }
        catch (DependencyAwayException)
        {
            // The event store is asked at once.
        }

        var (events, mayLackNewest) = await streams.ReadAsync(OrderStreams.IdOf(id), HistoryBounds.Everything, ct);
        return new OrderView(Visible(Projection.Fold(events)?.Document, caller), IsFolded: true, mayLackNewest);
    }

    private async Task<OrderDocument?> FindAsync(Guid id, Actor caller, CancellationToken ct)
    {
        var (order, fault) = await dependencies.Orders.CallAsync(token => TryFindAsync(id, token), ct);
        return fault is null ? Visible(order, caller) : throw new DependencyAwayException(dependencies.Orders.Name, fault);
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

    private static OrderDocument? Visible(OrderDocument? order, Actor caller) => caller.Role == Actor.Operator || order?.Customer == caller.Id ? order : null;
}
