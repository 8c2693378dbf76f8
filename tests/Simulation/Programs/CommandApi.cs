using Amazon.Kinesis;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.CommandApi;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;
using ServerlessCqrs.Web.Commands;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The command service.</summary>
internal static class CommandApi
{
    public static HttpProgram Program(Parts parts) => HttpProgram.Of<PriceBody>(ShopTopology.CommandApi, parts.CommandApi);

    /// <summary>Creates the services of one instance.</summary>
    public static IServiceCollection Services(World world, SimProcess process)
    {
        IAmazonKinesis stream = world.ReleaseOf(ShopTopology.CommandApi.Name) == Release.Newest ? new NewerCommands.Writer(world.Kinesis) : world.Kinesis;
        var kinesis = new KinesisCommandStream(new KinesisRecordWriter(world.Parts.Records(stream), ShopTopology.Commands.Name, time: process.Clock, random: new Random(3)), ShopContracts.Commands);
        var services = new ServiceCollection();
        services.AddCommandSending(SimEnvironment.Configuration(ShopTopology.CommandApi), ShopDomain.Instance);
        services
            .AddSingleton<TimeProvider>(process.Clock)
            .AddSingleton(Stores.Tips(world, process))
            .AddSingleton<IEventLog>(world.Log)
            .AddSingleton(world.Parts.Personal(world.Personal))
            .AddSingleton<ICommandStream>(new Recorded(world.Parts.CommandStream(kinesis, process), world.Truth));
        return services;
    }

    /// <summary>Reports each command to the checks before it is sent.</summary>
    private sealed class Recorded(ICommandStream inner, Truth truth) : ICommandStream
    {
        public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
        {
            foreach (var command in commands) truth.Sending(command);
            return inner.PutAsync(commands, ct);
        }
    }
}
