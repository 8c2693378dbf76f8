using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Sending;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The mails.</summary>
internal static class EventsToMail
{
    private static readonly PriceDropped Template = new(new Uri(SimEnvironment.Origin));

    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips)
    {
        var once = new MailOnce(new TracedClaims(world.Parts.Claims(world.Claims.For(process.Clock)), world.Truth), world.Parts.Mails(world.Ses), process.Clock, NullLogger<MailOnce>.Instance, new Random(2));
        return new MailBatchHandler(follower, new PriceDropMailer(
            new PriceDrops(world.Parts.MailHistory(history), new StreamReader(history, tips)),
            world.Personal,
            Template,
            once,
            process.Clock,
            NullLogger<PriceDropMailer>.Instance));
    }
}
