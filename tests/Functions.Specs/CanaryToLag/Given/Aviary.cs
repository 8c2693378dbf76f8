using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.CanaryToLag;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Functions.Canary;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Functions.Specs.CanaryToLag.Given;

/// <summary>
/// The canary with the shop's own write path and projection in memory. The test sets how long each takes.
/// </summary>
internal sealed class Aviary : ICommandStream, IStreamTips, IReadModelVersions, ILagMetric, IEventPublisher
{
    private readonly InMemoryStreamTips _tips = new();
    private readonly InMemoryEventLog _log = new();
    private readonly InMemoryProducts _products = new();
    private readonly Queue<(DateTimeOffset At, CommandRecord Command)> _put = new();
    private readonly Queue<(DateTimeOffset At, EventRecord Event)> _published = new();
    private readonly CommandProcessor _writing;
    private readonly Projector<ProductDocument> _reading;
    private int _sequenceNumber;

    public Aviary()
    {
        var reader = new StreamReader(_log, _tips);
        _writing = new CommandProcessor(_tips, _log, reader, this, ShopDomain.Instance, Clock, NullLogger<CommandProcessor>.Instance);
        _reading = new Projector<ProductDocument>(_products, new ProductProjection(), reader);
    }

    public TimeSpan ToDecide { get; set; }

    public TimeSpan ToShow { get; set; }

    /// <summary>The exception of Kinesis.</summary>
    public Exception? Failure { get; set; }

    public List<CommandRecord> Sent { get; } = [];

    public List<(TimeSpan Lag, bool IsSeen)> Recorded { get; } = [];

    public KeptLog<CanaryHandler> Log { get; } = new();

    public AdvancingClock Clock { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task TickAsync() => new CanaryHandler(ProductCanary.Stream, this, this, this, this, Clock, Log).HandleAsync(
        new ScheduledEvent("arn", Clock.GetUtcNow()),
        new InvocationContext("request", "arn", null, Clock.GetUtcNow() + TimeSpan.FromSeconds(60)),
        Ct);

    /// <summary>Another seller creates the canary's product.</summary>
    public CommandRecord Another(Actor seller) => new(
        Guid.NewGuid(),
        KeyId: null,
        CanaryProduct.Stream,
        new CreateProduct("Mine", "", "birds", new Money(1, "USD"), 1, "WH_001", new Dictionary<string, string>(), []),
        seller,
        Clock.GetUtcNow());

    public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
    {
        if (Failure is not null) throw Failure;
        foreach (var command in commands)
        {
            Sent.Add(command);
            _put.Enqueue((Clock.GetUtcNow(), command));
        }

        return Task.CompletedTask;
    }

    public async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        while (_put.TryPeek(out var next) && next.At + ToDecide <= Clock.GetUtcNow())
            await _writing.ProcessAsync("commands", [RecordOf(_put.Dequeue().Command)], ct);
        return await _tips.LoadAsync(streams, ct);
    }

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => throw new NotSupportedException("The canary decides nothing.");

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => throw new NotSupportedException("The canary knows its stream.");

    public async Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        while (_published.TryPeek(out var next) && next.At + ToShow <= Clock.GetUtcNow())
            Assert.Null(Assert.Single(await _reading.ProjectAsync([new StreamBatch(next.Event.Stream, [_published.Dequeue().Event], [])], ct)).Error);
        return await _products.LoadVersionsAsync(streams, ct);
    }

    Task IEventPublisher.PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        foreach (var e in events) _published.Enqueue((Clock.GetUtcNow(), e));
        return Task.CompletedTask;
    }

    void ILagMetric.Record(TimeSpan lag, bool isSeen) => Recorded.Add((lag, isSeen));

    private ArrivedRecord RecordOf(CommandRecord command) => new($"{++_sequenceNumber}", $"{command.Stream}", command.At, CommandJson.Write(ShopContracts.Commands, command));
}
