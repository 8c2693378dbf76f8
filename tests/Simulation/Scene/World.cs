using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.CommandsToEvents;
using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Sending;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.EventsToReadModels;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Live;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>The whole shop on simulated services, put together as the topology says.</summary>
public sealed class World
{
    private static readonly PriceDropped Template = new(new Uri("https://shop.example.com"));

    private readonly Parts _parts;
    private readonly FakePersonalData _personal = new();
    private readonly List<Action> _recycle = [];

    public World(ulong seed, FaultPlan plan, Parts parts)
    {
        _parts = parts;
        Seed = seed;
        Simulator = new Simulator(seed);
        Dice = new Dice(seed, plan);
        Network = new Network(Simulator, Dice);
        Truth = new Truth(Simulator);
        Log = new SimLog(Simulator, Dice, Network, Truth);
        Tips = new SimTips(Network, Truth);
        Products = new SimProducts(Network, Truth);
        (Truth.Log, Truth.Products) = (Log, Products);
        Kinesis = new SimKinesis(Simulator, Dice, Network, Truth);
        Topic = new SimTopic(Simulator, Dice, Network, Truth);
        Edge = new SimEdge(Simulator, Dice, Network, Truth);
        Claims = new SimMailClaims(Network);
        Ses = new SimSes(Dice, Network, Truth);
        Infrastructure = new SimProcess(Simulator, "lambda", TimeSpan.Zero, mayDie: false);
        Consume();
        Follow(ShopTopology.ReadModels, ShopTopology.EventsToReadModels, ReadModels);
        Follow(ShopTopology.Mail, ShopTopology.EventsToMail, Mails);
        Follow(ShopTopology.EdgeCache, ShopTopology.EventsToEdgeCache, EdgeCache);
    }

    public ulong Seed { get; }

    public Simulator Simulator { get; }

    public Dice Dice { get; }

    public Network Network { get; }

    public Truth Truth { get; }

    public SimLog Log { get; }

    public SimTips Tips { get; }

    public SimProducts Products { get; }

    public SimKinesis Kinesis { get; }

    public SimTopic Topic { get; }

    public SimEdge Edge { get; }

    public SimMailClaims Claims { get; }

    public SimSes Ses { get; }

    /// <summary>Lambda's own pollers, which do not fail but in the ways the dice give them.</summary>
    public SimProcess Infrastructure { get; }

    public List<SimQueue> Queues { get; } = [];

    public IReadOnlyList<ShardMapping> Mappings { get; private set; } = [];

    public FakePersonalData Personal => _personal;

    public Parts Parts => _parts;

    /// <summary>Which code new instances of the write path run: another shape of the stored state is newer code.</summary>
    public int StateShape { get; set; } = 1;

    /// <summary>No instance that runs now is given anything more.</summary>
    public void Recycle() => _recycle.ForEach(recycle => recycle());

    private void Consume()
    {
        var topology = ShopTopology.CommandsToEvents;
        var invoker = new Invoker<IKinesisBatchHandler>(Simulator, Dice, topology.Name, topology.Timeout, CommandsToEvents);
        _recycle.Add(invoker.Recycle);
        // Smaller than the topology's, so that few commands make many batches.
        var mapping = new ShardMapping(Simulator, Dice, invoker, 1 + Dice.Roll("mapping.batch-size", 20));
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

    private IKinesisBatchHandler CommandsToEvents(SimProcess process)
    {
        var tips = _parts.Tips(Tips);
        var sns = new Aws.Reliable.SnsBatchPublisher(Topic, time: process.Clock, random: new Random(1));
        var (log, publisher) = _parts.LogAndPublisher(Log, new SnsEventPublisher(sns, "events"));
        var shape = StateShape;
        var processor = new CommandProcessor(
            tips,
            log,
            new StreamReader(Log, tips),
            publisher,
            stream => _parts.Deciders(stream) is { } decider ? shape == decider.StateShape ? decider : new NewerDecider(decider, shape) : null,
            NullLogger<CommandProcessor>.Instance);
        return _parts.CommandsHandler(new CommandsHandler(processor, new StreamIdentity(Kinesis), NullLogger<CommandsHandler>.Instance));
    }

    private void Follow(Queue topology, Function function, Func<SimProcess, EventFollower, ISqsBatchHandler> handler)
    {
        var queue = new SimQueue(Simulator, Dice, topology);
        Queues.Add(queue);
        Topic.Subscribe(topology.Tag, queue);
        var invoker = new Invoker<ISqsBatchHandler>(Simulator, Dice, function.Name, function.Timeout, process => _parts.Follower(handler(
            process,
            new EventFollower(_parts.DeadLetters(new SimDeadLetters(Simulator, Network, queue)), topology.MaxReceiveCount, NullLogger<EventFollower>.Instance))));
        _recycle.Add(invoker.Recycle);
        var mapping = (Topology.QueueMapping)function.Mapping;
        _ = new Functions.QueueMapping(Infrastructure, queue, invoker, mapping.BatchSize, mapping.Concurrency);
    }

    private ISqsBatchHandler ReadModels(SimProcess process, EventFollower follower)
    {
        var products = _parts.Products(Products);
        return _parts.Project is { } project
            ? new WrongFollower(follower, project(products))
            : new ReadModelBatchHandler(
                follower,
                new LiveReadModels(
                    new ReadModelCatalogue(new ReadModel(ShopReadModels.ProductsV1, new ReadModelFollower<ProductDocument>(products, new ProductProjection(), new StreamReader(Log, Tips)))),
                    new InMemoryReadModelStates(),
                    process.Clock));
    }

    private MailBatchHandler Mails(SimProcess process, EventFollower follower)
    {
        var once = new MailOnce(new TracedClaims(_parts.Claims(Claims.For(process.Clock)), Truth), _parts.Mails(Ses), process.Clock, NullLogger<MailOnce>.Instance, new Random(2));
        return new MailBatchHandler(follower, new PriceDropMailer(new PriceDrops(_parts.MailHistory(Log), new StreamReader(Log, Tips)), _personal, Template, once, process.Clock, NullLogger<PriceDropMailer>.Instance));
    }

    private EdgeCacheBatchHandler EdgeCache(SimProcess process, EventFollower follower) => new(
        follower,
        new ProductInvalidator(
            _parts.ProductVersions(Products),
            new CheckedInvalidations(new CloudFrontInvalidations(Edge, "distribution"), Truth),
            Edge,
            process.Clock,
            NullLogger<ProductInvalidator>.Instance));
}
