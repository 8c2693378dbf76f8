using Amazon.Kinesis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Sending;

public static class SendingServices
{
    /// <summary>
    /// Registers the <see cref="ICommandStream"/> on Kinesis. Setting: <c>COMMAND_STREAM</c>, its name.
    /// </summary>
    /// <param name="order">The guaranteed order of commands of one stream that are sent in one call.</param>
    public static IServiceCollection AddCommandStream(this IServiceCollection services, IConfiguration configuration, Domain domain, RecordOrder order = RecordOrder.PerPartitionKey)
    {
        var stream = configuration.Required("COMMAND_STREAM");
        services.TryAddSingleton<IAmazonKinesis>(_ => new AmazonKinesisClient());
        services.AddSingleton<ICommandStream>(all => new KinesisCommandStream(new KinesisRecordWriter(all.GetRequiredService<IAmazonKinesis>(), stream, order), domain.Commands));
        return services;
    }
}
