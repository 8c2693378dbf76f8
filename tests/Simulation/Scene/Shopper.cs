using System.Globalization;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// A customer between two purchases: reads their orders, tries another customer's, reads reviews, and searches.
/// </summary>
public sealed class Shopper(World world, Wishes wishes, Actor customer)
{
    private readonly Person _person = new(world, "shopper", customer);

    public async Task RunAsync(Func<bool> goOn)
    {
        while (goOn())
        {
            await world.Simulator.Delay(TimeSpan.FromSeconds(8 * world.Dice.Roll("shopper.pause")));
            await _person.SendAsync(SimRequest.Get(Target()));
        }
    }

    private string Target() => world.Dice.Roll("shopper.what") switch
    {
        < 0.40 => Order(wishes.OrderOf(world.Dice.Roll("shopper.pries") < 0.2 ? null : customer, "shopper.order")),
        < 0.55 => "/users/me/orders",
        < 0.60 => $"/users/me/orders?asOf={world.Simulator.UtcNow.AddSeconds(-60 * world.Dice.Roll("shopper.as-of")):yyyy-MM-ddTHH:mm:ss.fffZ}",
        < 0.80 => $"/products/{wishes.AnyProduct()}/reviews",
        _ => $"/products/search?q={Uri.EscapeDataString(Names.All[world.Dice.Roll("shopper.words", Names.All.Count)])}",
    };

    private string Order(StreamId order)
    {
        var version = world.Truth.Of(order).Version;
        var least = version > 0 && world.Dice.Roll("shopper.waits") < 0.3 ? string.Create(CultureInfo.InvariantCulture, $"?atLeastVersion={version}") : "";
        return $"/orders/{order.Key}{least}";
    }
}
