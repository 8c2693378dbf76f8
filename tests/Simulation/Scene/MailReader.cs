using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>Receives mails and sometimes unsubscribes with one click, without a token.</summary>
public sealed class MailReader(World world)
{
    private readonly Person _anybody = new(world, "mail-reader", actor: null);

    public async Task RunAsync(Func<bool> goOn)
    {
        while (goOn())
        {
            await world.Simulator.Delay(TimeSpan.FromSeconds(20 * world.Dice.Roll("mail-reader.pause")));
            if (world.Ses.Accepted.Count == 0) continue;
            var (customer, link) = world.Ses.Accepted[world.Dice.Roll("mail-reader.which", world.Ses.Accepted.Count)];
            var token = await PersonalToken.ReadAsync(world.Personal, WatchTokens.Unsubscribe, link.Split('/')[^1], CancellationToken.None);
            var product = token!.Value.Thing;
            world.Truth.SenderAtHand.Value = new Sender(new Actor(customer, ShopRoles.Customer), new Wish(WatchStreams.IdOf(product, customer), new UnwatchPrice(product, customer)), Predecessor: null);
            await _anybody.SendAsync(new SimRequest("POST", link, new Dictionary<string, string> { ["content-type"] = "application/x-www-form-urlencoded" }, "List-Unsubscribe=One-Click"));
        }
    }
}
