using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.EventsToMail.Occasions;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Functions.Specs.EventsToMail.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>For each thing that one can forget about mails: the message that names it.</summary>
public sealed class CompleteMailsSpecs
{
    [Fact]
    public void Shop_s_mails_are_complete() => ShopDomain.Instance.EnsureMailed(EventTags.Mail, Registered());

    [Fact]
    public void Event_without_a_mail_is_named() => Assert.Equal(
        "The mails are not complete:\nReviewApproved has the tag 'mail', and no mail. Register its IOccasions, or remove the tag in services/Shop/Reviews/ReviewEvents.cs.",
        Missing(Registered().Where(kind => kind is not ReviewApprovals)));

    [Fact]
    public void Mail_about_an_event_that_does_not_arrive_is_named() => Assert.Equal(
        "The mails are not complete:\nWatchBegan mails about PriceWatched, which never arrives. Add the tag 'mail' in services/Shop/Watches/WatchEvents.cs.",
        Missing(Registered().Append(new WatchBegan())));

    private static string Missing(IEnumerable<IOccasions> kinds) =>
        Assert.Throws<InvalidOperationException>(() => ShopDomain.Instance.EnsureMailed(EventTags.Mail, kinds)).Message;

    /// <summary>What the function registers.</summary>
    private static IEnumerable<IOccasions> Registered()
    {
        var log = new InMemoryEventLog();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("PUBLIC_URL", "https://shop.example")]).Build();
        return new ServiceCollection()
            .AddShopMails(settings)
            .AddSingleton<IEventHistory>(log)
            .AddSingleton(new StreamReader(log, new InMemoryStreamTips()))
            .AddSingleton<IPersonalData>(_ => new PersonalData(new InMemoryPersonKeys(), new Town.PlainMasterKey(), TimeProvider.System))
            .BuildServiceProvider()
            .GetServices<IOccasions>();
    }

    private sealed class WatchBegan : IOccasions
    {
        public IReadOnlyList<Type> Events { get; } = [typeof(PriceWatched)];

        public Task<(IReadOnlyList<Occasion> Found, IReadOnlyDictionary<StreamId, Exception> Errors)> FindAsync(IReadOnlyList<StreamBatch> batches, CancellationToken ct) =>
            throw new NotSupportedException("The check finds nothing to mail.");
    }
}
