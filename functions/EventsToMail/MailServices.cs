using Amazon.DynamoDBv2;
using Amazon.SimpleEmailV2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Occasions;
using ServerlessCqrs.EventsToMail.Sending;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.EventsToMail;

public static class MailServices
{
    /// <summary>
    /// Registers what finds the recipients, writes the mails and sends each once. Settings: <c>MAILS_TABLE</c>,
    /// <c>MAIL_FROM</c> (the sender's address) and <c>PUBLIC_URL</c> (the shop's public address). The caller must
    /// register the event store and personal data.
    /// </summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        var (table, from, url) = (configuration.Required("MAILS_TABLE"), configuration.Required("MAIL_FROM"), configuration.Required("PUBLIC_URL"));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddDynamoDb();
        services.AddSingleton<IAmazonSimpleEmailServiceV2>(_ => new AmazonSimpleEmailServiceV2Client(SesMailSender.OneAttempt()));
        services.AddSingleton<IMailSender>(s => new SesMailSender(s.GetRequiredService<IAmazonSimpleEmailServiceV2>(), from));
        services.AddSingleton<IMailClaims>(s => new DynamoDbMailClaims(s.GetRequiredService<IAmazonDynamoDB>(), table, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MailOnce>();
        services.AddSingleton(new PriceDropped(new Uri(url)));
        services.AddSingleton(new OrderMails(new Uri(url)));
        services.AddSingleton(new ReviewShown(new Uri(url)));
        services.AddSingleton<IOccasions, PriceDrops>();
        services.AddSingleton<IOccasions, OrderEnds>();
        services.AddSingleton<IOccasions, ReviewApprovals>();
        services.AddSingleton<Addressees>();
        services.AddSingleton<Mailer>();
        return services;
    }
}
