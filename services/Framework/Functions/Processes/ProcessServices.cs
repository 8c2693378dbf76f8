using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Processes;

public static class ProcessServices
{
    /// <summary>
    /// Registers a process that reads events and sends commands. It can depend on the event store, <see
    /// cref="HintedStreams"/> and <see cref="ICommandStream"/>. Settings: those of the event store, of the command stream
    /// and of the follower.
    /// </summary>
    /// <param name="function">The function's name, which its dead letters carry.</param>
    /// <param name="follow">Returns what the process does with a batch of streams.</param>
    public static IServiceCollection AddProcess<TProcess>(
        this IServiceCollection services,
        IConfiguration configuration,
        Domain domain,
        string function,
        Func<TProcess, FollowStreams> follow)
        where TProcess : class
    {
        services.AddEventStore(configuration, domain);
        // The events arrive in any order, so the commands may too.
        services.AddCommandStream(configuration, domain, RecordOrder.Any);
        services.AddEventFollower(configuration, domain, function);
        services.AddSingleton<HintedStreams>();
        services.AddSingleton<TProcess>();
        return services.AddSingleton<ISqsBatchHandler>(s =>
            new ProcessBatchHandler(s.GetRequiredService<EventFollower>(), follow(s.GetRequiredService<TProcess>())));
    }
}
