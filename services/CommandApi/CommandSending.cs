using Amazon.Kinesis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.CommandApi.Commands;

namespace ServerlessCqrs.CommandApi;

/// <summary>What sends commands: all singletons, made when the first request needs them.</summary>
public static class CommandSending
{
    public static IServiceCollection AddCommandSending(this IServiceCollection services, Settings settings)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, CommandApiJson.Default));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CommandSender>().AddSingleton<TipReader>().AddSingleton<PastOutcomes>().AddSingleton<OutcomeWait>();
        services.AddSingleton<IAmazonKinesis, AmazonKinesisClient>(_ => new AmazonKinesisClient());
        services.AddSingleton<ICommandStream>(all => new KinesisCommandStream(all.GetRequiredService<IAmazonKinesis>(), settings.CommandStream));
        return services;
    }
}
