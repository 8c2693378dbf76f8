using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>Checks orders and stock at rest.</summary>
public sealed class OrderChecks(World world)
{
    private readonly Truth _truth = world.Truth;

    public void Check()
    {
        foreach (var e in _truth.EventsById.Values)
        {
            var choices = _truth.ChoicesFor(e);
            if (!choices.Any(answers => answers.All(IsDecided))) Break(EveryEventIsAnswered, e.Stream, $"v{e.Version}, {e.Type}, lacks {choices[0].First(answer => !IsDecided(answer)).Command}.");
        }

        var orders = _truth.Streams.Values.Where(truth => truth.Stream.Category == OrderStreams.Category).ToDictionary(truth => Guid.Parse(truth.Stream.Key), truth => (OrderState)truth.State);
        foreach (var (id, _) in orders.Where(order => order.Value is OrderState.Pending)) Break(OrdersEnd, OrderStreams.IdOf(id), "It is pending.");
        foreach (var product in _truth.Streams.Values.Where(truth => truth.State is ProductState.OnSale))
        {
            foreach (var difference in StockBook.Differences(Guid.Parse(product.Stream.Key), product.Events.Select(e => e.Event), (ProductState.OnSale)product.State, orders))
                Break(StockFollowsTheOrders, product.Stream, difference);
        }
    }

    private bool IsDecided(CommandRecord answer) => _truth.Of(answer.Stream).Outcomes.ContainsKey(answer.CommandId);

    private void Break(string invariant, StreamId stream, string detail) => world.Simulator.Violate(invariant, $"{stream}: {detail}", stream);
}
