using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Occasions;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The function that sends mails.</summary>
internal static class EventsToMail
{
    private static readonly PriceDropped PriceFell = new(new Uri(SimEnvironment.Origin));
    private static readonly OrderMails OrderEnded = new(new Uri(SimEnvironment.Origin));
    private static readonly ReviewShown ReviewApproved = new(new Uri(SimEnvironment.Origin));

    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips)
    {
        var claims = new TracedClaims(world.Parts.Claims(new DynamoDbMailClaims(world.DynamoDb, ShopTopology.Mails.Name, process.Clock)), world.Truth);
        var once = new MailOnce(claims, world.Parts.Mails(new SesMailSender(world.Ses, "shop@example.com")), process.Clock, NullLogger<MailOnce>.Instance, new Random(2));
        var streams = new StreamReader(history, tips);
        return new MailBatchHandler(follower, new Mailer(
            [
                new PriceDrops(world.Parts.MailHistory(history), streams, world.Personal, PriceFell),
                new OrderEnds(streams, OrderEnded),
                new ReviewApprovals(streams, ReviewApproved),
            ],
            new Addressees(streams, world.Personal),
            once,
            process.Clock,
            NullLogger<Mailer>.Instance));
    }
}
