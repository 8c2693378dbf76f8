using Amazon.DynamoDBv2;
using Amazon.SimpleEmailV2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Mails;

public static class MailServices
{
    /// <summary>
    /// Registers the function that mails each person once about an event. The domain registers its <see
    /// cref="IOccasions"/>. Settings: <c>MAILS_TABLE</c>, <c>MAIL_FROM</c> (the sender's address), and those of the event
    /// store, of personal data and of the follower.
    /// </summary>
    /// <param name="tag">The tag of the events that arrive.</param>
    /// <param name="function">The function's name, which its dead letters carry.</param>
    public static IServiceCollection AddMails<TAddressees>(
        this IServiceCollection services,
        IConfiguration configuration,
        Domain domain,
        string tag,
        string function)
        where TAddressees : class, IAddressees
    {
        services.AddEventStore(configuration, domain);
        services.AddPersonalData(configuration);
        services.AddEventFollower(configuration, domain, function);

        var (table, from) = (configuration.Required("MAILS_TABLE"), configuration.Required("MAIL_FROM"));
        services.TryAddSingleton<IAmazonSimpleEmailServiceV2>(_ => new AmazonSimpleEmailServiceV2Client(SesMailSender.OneAttempt()));
        services.AddSingleton<IMailSender>(s => new SesMailSender(s.GetRequiredService<IAmazonSimpleEmailServiceV2>(), from));
        services.AddSingleton<IMailClaims>(s => new DynamoDbMailClaims(
            s.GetRequiredService<IAmazonDynamoDB>(),
            table,
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MailOnce>();
        services.AddSingleton<IAddressees, TAddressees>();
        services.AddSingleton<Mailer>();
        services.AddSingleton<MailBatchHandler>();
        return services.AddSingleton<ISqsBatchHandler>(s =>
        {
            domain.EnsureMailed(tag, s.GetServices<IOccasions>());
            return s.GetRequiredService<MailBatchHandler>();
        });
    }
}
