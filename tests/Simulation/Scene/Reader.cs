using System.Globalization;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// Reads current and past products and lists, from the shop's own page and from elsewhere, and other users' commands.
/// </summary>
public sealed class Reader(World world, Wishes wishes)
{
    private readonly Person _anybody = new(world, "reader", actor: null);
    private readonly Person _stranger = new(world, "stranger", Wishes.Customers[0]);

    public async Task RunAsync(Func<bool> goOn)
    {
        while (goOn())
        {
            await world.Simulator.Delay(TimeSpan.FromSeconds(4 * world.Dice.Roll("reader.pause")));
            if (world.Dice.Roll("reader.pries") < 0.05 && StatusOfAnother() is { } status) await _stranger.SendAsync(SimRequest.Get(status));
            else await _anybody.SendAsync(SimRequest.Get(Target(), world.Dice.Roll("reader.origin") < 0.3 ? SimEnvironment.Origin : null));
        }
    }

    private string Target()
    {
        var product = wishes.AnyProduct();
        var version = world.Truth.Of(ProductStreams.IdOf(product)).Version;
        return world.Dice.Roll("reader.what") switch
        {
            < 0.76 => $"/products/{product}",
            < 0.78 => $"/products/{product}/",
            < 0.80 => $"/products/{product.ToString().ToUpperInvariant()}",
            < 0.81 => $"/products/{product.ToString().Replace("-", "%2D", StringComparison.Ordinal)}",
            < 0.85 when version > 0 => string.Create(CultureInfo.InvariantCulture, $"/products/{product}?version={1 + world.Dice.Roll("reader.version", (int)version)}"),
            < 0.86 => "/health/sync-lag",
            < 0.87 => "/health",
            < 0.91 => $"/products/{product}?asOf={world.Simulator.UtcNow.AddSeconds(-60 * world.Dice.Roll("reader.as-of")):yyyy-MM-ddTHH:mm:ss.fffZ}",
            _ => "/products?category=things&sort=price&limit=3",
        };
    }

    /// <summary>Returns the status URL of a command that another user sent.</summary>
    private string? StatusOfAnother()
    {
        var others = world.Truth.Sent.Where(sent => sent.Value.Token != Wishes.Customers[0] && sent.Value.FirstSequence is not null).ToList();
        if (others.Count == 0) return null;
        var (id, sent) = others[world.Dice.Roll("reader.whose", others.Count)];
        return $"/commands/{sent.Record.Stream}/{id}?issued={sent.At:yyyy-MM-ddTHH:mm:ss.fffZ}";
    }
}
