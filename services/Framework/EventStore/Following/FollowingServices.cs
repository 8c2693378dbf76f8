using System.Globalization;
using Amazon.SQS;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

public static class FollowingServices
{
    /// <summary>
    /// Registers a function's <see cref="EventFollower"/> with dead letters in SQS. Settings: <c>QUEUE_URL</c>,
    /// <c>DEAD_LETTERS_URL</c> and <c>MAX_RECEIVE_COUNT</c>.
    /// </summary>
    /// <param name="function">The function's name, which its dead letters carry.</param>
    public static IServiceCollection AddEventFollower(this IServiceCollection services, IConfiguration configuration, Domain domain, string function)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IAmazonSQS>(_ => new AmazonSQSClient());
        services.AddSingleton<IDeadLetters>(s => new SqsDeadLetters(
            s.GetRequiredService<IAmazonSQS>(),
            configuration.Required("DEAD_LETTERS_URL"),
            function,
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new EventFollower(
            domain.Events,
            s.GetRequiredService<IDeadLetters>(),
            int.Parse(configuration.Required("MAX_RECEIVE_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture),
            s.GetRequiredService<ILogger<EventFollower>>(),
            new SqsRemainders(s.GetRequiredService<IAmazonSQS>(), configuration.Required("QUEUE_URL"))));
        return services;
    }
}
