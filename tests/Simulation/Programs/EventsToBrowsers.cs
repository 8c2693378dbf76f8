using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using ServerlessCqrs.EventsToBrowsers;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Push;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The function that sends hints to browsers.</summary>
internal static class EventsToBrowsers
{
    private static readonly ConnectRules Everybody = new(new Uri(SimEnvironment.Origin), ["*"], MostPerCaller: 1_000, (_, _) => new(true));

    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips)
    {
        var queue = world.Queues.Single(queue => queue.Topology == ShopTopology.Browsers);
        return new HintBatchHandler(follower, new HintSender(
            world.Parts.Watchers(new DynamoDbWatchers(world.DynamoDb, ShopTopology.Connections.Name, process.Clock)),
            Connections(world, process),
            world.Parts.Sockets(world.Sockets!),
            world.Parts.DelayedHints(new SimDelayedHints(world.Network, queue)),
            process.Clock,
            NullLogger<HintSender>.Instance));
    }

    public static IWebSocketHandler Sockets(World world, SimProcess process) => new WatchHandler(
        Connections(world, process),
        world.Parts.WatchTips(Stores.Tips(world, process)),
        new TrustedTokens(),
        world.Parts.Watching(ShopWatching.Rules),
        Everybody,
        process.Clock,
        NullLogger<WatchHandler>.Instance);

    private static IConnections Connections(World world, SimProcess process) =>
        world.Parts.Connections(new DynamoDbConnections(world.DynamoDb, ShopTopology.Connections.Name, process.Clock));

    /// <summary>Reads the subject only. The check of tokens has its own specs.</summary>
    private sealed class TrustedTokens : IWatcherTokens
    {
        public Task<string?> SubjectOfAsync(string token, CancellationToken ct) => Task.FromResult<string?>(new JsonWebToken(token).Subject);
    }
}
