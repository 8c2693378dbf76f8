using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Occasions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Functions.Mails;

namespace ServerlessCqrs.EventsToMail;

public static class ShopMails
{
    /// <summary>
    /// Registers which event mails whom, and the mails' texts. Settings: <c>PUBLIC_URL</c> (the shop's public address).
    /// </summary>
    public static IServiceCollection AddShopMails(this IServiceCollection services, IConfiguration configuration)
    {
        var shop = new Uri(configuration.Required("PUBLIC_URL"));
        services.AddSingleton(new PriceDropped(shop));
        services.AddSingleton(new OrderMails(shop));
        services.AddSingleton(new ReviewShown(shop));
        services.AddSingleton<IOccasions, PriceDrops>();
        services.AddSingleton<IOccasions, OrderEnds>();
        return services.AddSingleton<IOccasions, ReviewApprovals>();
    }
}
