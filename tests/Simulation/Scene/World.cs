using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Programs;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>The whole shop on simulated services, built from the topology.</summary>
public sealed class World
{
    /// <summary>One in this many worlds is calm.</summary>
    private const int CalmOnes = 8;

    /// <summary>One in this many worlds has browsers.</summary>
    private const int WithBrowsers = 5;

    private readonly Dictionary<string, Action> _recycle = [];
    private readonly Dictionary<string, Release> _releases = [];

    public World(ulong seed, FaultPlan plan, Parts parts)
    {
        Parts = parts;
        Seed = seed;
        Simulator = new Simulator(seed);
        var isCalm = IsCalm(seed);
        Dice = new Dice(seed, plan with { IsCalm = isCalm });
        Network = new Network(Simulator, Dice);
        Truth = new Truth(Simulator, isCalm);
        Log = new SimLog(Simulator, Dice, Network, Truth);
        Truth.Log = Log;
        Snapshots = parts.Snapshots(new SimSnapshots(Network));
        DynamoDb = new SimDynamoDb(Network, Dice, Truth.Unfit, parts.IsCareless, parts.IsSkipped);
        DynamoDb.Table(ShopTopology.StreamTips).Changed = (_, item) => Truth.Committed(item);
        foreach (var table in ShopTopology.ReadModelItems.Select(DynamoDb.Table))
            table.Changed = (_, item) => Truth.Saved(table, item);
        DynamoDb.IsIndexHot = new IndexPartitions(Simulator, Dice).Refuse;
        Kinesis = new SimKinesis(Simulator, Dice, Network, Truth);
        Topic = new SimTopic(Simulator, Dice, Network, Truth);
        Gateway = new SimGateway(Simulator, Dice, Truth);
        Edge = new SimEdge(Simulator, Dice, Network, Truth, Gateway, parts.EdgeKey);
        InvalidationsPerHour = Dice.Roll("edge.budget") < 0.2 ? 5 : 1_000;
        SlowSlice = !isCalm && Dice.Roll("slices.slow") < 0.15 ? TimeSpan.FromSeconds(9 + (3 * Dice.Roll("slices.how-slow"))) : TimeSpan.Zero;
        SliceStreams = SlowSlice > TimeSpan.Zero ? 1 : 1 + Dice.Roll("slices.streams", 5);
        Ses = new SimSes(Dice, Network, Truth);
        Infrastructure = new SimProcess(Simulator, "lambda", TimeSpan.Zero, mayDie: false);
        Serve(ShopTopology.CommandApi, Programs.CommandApi.Program(parts), Programs.CommandApi.Services);
        Serve(ShopTopology.QueryApi, Programs.QueryApi.Program(parts), Programs.QueryApi.Services);
        Consume(ShopTopology.CommandsToEvents, Programs.CommandsToEvents.Of);
        Follow(ShopTopology.EventsToReadModels, Programs.EventsToReadModels.Of);
        Follow(ShopTopology.EventsToMail, Programs.EventsToMail.Of);
        Follow(ShopTopology.EventsToEdgeCache, Programs.EventsToEdgeCache.Of);
        Follow(ShopTopology.EventsToOrders, Programs.EventsToOrders.Of);
        Follow(ShopTopology.OrdersToTimeouts, Programs.OrdersToTimeouts.Of);
        if (!HasBrowsers(seed)) return;
        Truth.Sockets = Sockets = new SimSockets(Simulator, Dice, Network, Truth);
        Follow(ShopTopology.EventsToBrowsers, Programs.EventsToBrowsers.Of);
        Listen(Sockets);
    }

    /// <summary>True if poison is the only fault in the world of that seed.</summary>
    public static bool IsCalm(ulong seed) => seed % CalmOnes == 0;

    /// <summary>True if browsers watch streams in the world of that seed. The others run faster without them.</summary>
    public static bool HasBrowsers(ulong seed) => seed % WithBrowsers == 0;

    public ulong Seed { get; }

    public Simulator Simulator { get; }

    public Dice Dice { get; }

    public Network Network { get; }

    public Truth Truth { get; }

    public SimLog Log { get; }

    public ISnapshots Snapshots { get; }

    public SimDynamoDb DynamoDb { get; }

    public SimKinesis Kinesis { get; }

    public SimTopic Topic { get; }

    public SimGateway Gateway { get; }

    public SimEdge Edge { get; }

    public SimSes Ses { get; }

    /// <summary>The sockets of browsers, or null in a world without them.</summary>
    public SimSockets? Sockets { get; }

    /// <summary>Lambda's own pollers, which fail only as the dice say.</summary>
    public SimProcess Infrastructure { get; }

    public List<SimQueue> Queues { get; } = [];

    public FakePersonalData Personal { get; } = new();

    public Parts Parts { get; }

    /// <summary>The edge's budget: the topology's, or a smaller one that is soon spent.</summary>
    public int InvalidationsPerHour { get; }

    /// <summary>The number of streams that a subscriber gets at once.</summary>
    public int SliceStreams { get; }

    /// <summary>
    /// How long a read of the checkpoints' table takes, once per slice of the read models. It is zero in most worlds.
    /// In the others a batch of some slices always takes longer than an invocation.
    /// </summary>
    public TimeSpan SlowSlice { get; }

    /// <summary>The programs by their names in the topology.</summary>
    public IReadOnlyCollection<string> ProgramNames => _recycle.Keys;

    /// <summary>Returns the release that new instances of a program run.</summary>
    public Release ReleaseOf(string program) => _releases.GetValueOrDefault(program, Release.Newest);

    /// <summary>Makes new instances run this release.</summary>
    /// <param name="recycles">True if instances of the other release get no more work. Otherwise they continue next to
    /// the new ones.</param>
    public void Deploy(string program, Release release, bool recycles)
    {
        if (ReleaseOf(program) != release) Simulator.Timeline.Add("deployed", null, $"{program}: {release}");
        _releases[program] = release;
        if (recycles) _recycle[program]();
    }

    /// <summary>Stops Lambda's pollers, as if functions were throttled or switched off.</summary>
    public void StandStill(TimeSpan duration)
    {
        Network.TakeAway("mappings", duration);
        Simulator.After(duration, () => Queues.ForEach(queue => queue.Arrived()));
    }

    /// <summary>
    /// Sends the first parked command of each stream again, like an operator, so that its consumer processes them.
    /// </summary>
    public void RedriveParked()
    {
        foreach (var item in DynamoDb.Table(ShopTopology.StreamTips).All.Where(item => item.ContainsKey("parked")).ToList())
        {
            var tip = TipBody.Read(ShopContracts.Events, StreamId.Parse(item["stream"].S), long.Parse(item["version"].N, CultureInfo.InvariantCulture), new SourcePosition(item["source"].S, item["sequence"].S), item["body"].B.ToArray());
            Kinesis.PutForeign(tip.Stream.ToString(), tip.Parked[0].Data.ToArray());
        }
    }

    private void Serve(HttpService topology, HttpProgram program, Func<World, SimProcess, IServiceCollection> own) => Gateway.Route(
        topology,
        Invoker(topology, process => new HttpFunction(program, own(this, process)), start: (function, ct) => function.StartAsync(ct)));

    private void Consume(Function topology, Func<World, SimProcess, IKinesisBatchHandler> handler)
    {
        // Smaller than the topology's, so that few commands make many batches.
        var mapping = new ShardMapping(Simulator, Dice, Network, Invoker(topology, process => handler(this, process)), 1 + Dice.Roll("mapping.batch-size", 20), Parts.OldestRecord, Truth);
        foreach (var shard in Kinesis.Shards) Begin(shard);
        Kinesis.Opened = Begin;

        void Begin(SimShard shard) => _ = Infrastructure.Start(async () =>
        {
            try
            {
                await mapping.ConsumeAsync(shard);
            }
            catch (Exception e)
            {
                Simulator.Violate(Invariants.NothingThrows, $"{shard.Id}: {e}");
            }
        });
    }

    private void Follow(Function topology, Func<World, SimProcess, EventFollower, IEventHistory, IStreamTips, ISqsBatchHandler> create)
    {
        var mapping = (Topology.QueueMapping)topology.Mapping;
        var queue = new SimQueue(Simulator, Dice, mapping.Source);
        Queues.Add(queue);
        Topic.Subscribe(mapping.Source.Tag, queue);
        _ = new Functions.QueueMapping(Infrastructure, queue, Invoker(topology, Create), mapping.BatchSize, mapping.Concurrency, Network, Truth);

        ISqsBatchHandler Create(SimProcess process)
        {
            var isEarlier = ReleaseOf(topology.Name) == Release.Before;
            var letters = Parts.DeadLetters(new SimDeadLetters(Simulator, Network, Truth, queue));
            var follower = new EventFollower(ShopContracts.Events, isEarlier ? new EarlierDeadLetters(letters) : letters, mapping.Source.MaxReceiveCount, NullLogger<EventFollower>.Instance, Parts.Remainders(new SimRemainders(Network, queue)), SliceStreams);
            var tips = Stores.Tips(this, process);
            var handler = create(this, process, follower, isEarlier ? new EarlierHistory(Log) : Log, isEarlier ? new EarlierTips(tips) : tips);
            return Parts.Follower(isEarlier ? new EarlierFollower(handler) : handler);
        }
    }

    /// <summary>The function's instances for sockets share nothing with those for its queue.</summary>
    private void Listen(SimSockets sockets)
    {
        var function = ShopTopology.EventsToBrowsers;
        var invoker = new Invoker<IWebSocketHandler>(Simulator, Dice, $"{function.Name}.sockets", function.Timeout, process => Programs.EventsToBrowsers.Sockets(this, process));
        sockets.Function = async e => (await invoker.InvokeAsync((handler, context, ct) => handler.HandleAsync(e, context, ct))).Result;
    }

    private Invoker<THandler> Invoker<THandler>(Topology.Program topology, Func<SimProcess, THandler> create, Func<THandler, CancellationToken, Task>? start = null)
        where THandler : class
    {
        var invoker = new Invoker<THandler>(Simulator, Dice, topology.Name, topology.Timeout, create, start);
        _recycle.Add(topology.Name, invoker.Recycle);
        return invoker;
    }
}
