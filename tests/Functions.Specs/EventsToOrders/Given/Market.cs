using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventsToOrders;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Functions.Processes;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.OrdersToTimeouts;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Functions.Specs.EventsToOrders.Given;

/// <summary>
/// Products, customers and orders on the shop's own write path in memory, and both functions of the order process. Each
/// command is one second after the previous.
/// </summary>
internal sealed class Market : ICommandStream, IEventPublisher
{
    public static readonly Actor Seller = new("ada", ShopRoles.Seller);
    public static readonly Actor Customer = new("eve", ShopRoles.Customer);
    public static readonly Actor Operator = new("olga", Actor.Operator);

    private readonly InMemoryEventLog _log = new();
    private readonly CommandProcessor _writing;
    private readonly List<EventRecord> _published = [];
    private readonly Queue<CommandRecord> _waiting = [];
    private int _drawn;
    private long _sequenceNumber = 100;

    public Market()
    {
        Reader = new StreamReader(_log, Tips);
        _writing = new CommandProcessor(Tips, _log, Reader, this, ShopDomain.Instance, Clock, NullLogger<CommandProcessor>.Instance);
    }

    public CountedTips Tips { get; } = new();

    public StreamReader Reader { get; }

    public AdvancingClock Clock { get; } = new();

    public KeptLetters Letters { get; } = new();

    /// <summary>The commands that the functions sent, in order. <see cref="Puts"/> counts the calls.</summary>
    public List<CommandRecord> Sent { get; } = [];

    public int Puts { get; private set; }

    /// <summary>The exception of Kinesis.</summary>
    public Exception? Failure { get; set; }

    public IReadOnlyList<EventRecord> Published => _published;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Guid NewId() => new(++_drawn, 7, 0, new byte[8]);

    public async Task<Guid> ProductAsync(int stock, decimal price = 100)
    {
        var id = NewId();
        await DoAsync(ProductStreams.IdOf(id), new CreateProduct($"Product {_drawn}", "", "things", new Money(price, "USD"), stock, "WH_001", new Dictionary<string, string>(), []), Seller);
        return id;
    }

    /// <summary>Places and decides an order of <see cref="Customer"/>, and returns its stream.</summary>
    public async Task<StreamId> OrderAsync(params OrderLine[] items)
    {
        var stream = OrderStreams.IdOf(NewId());
        await DoAsync(stream, new CreateOrder(items, Email: null), Customer);
        return stream;
    }

    public Task CancelAsync(StreamId order) => DoAsync(order, new CancelOrder("changed my mind"), Customer);

    public Task DeactivateAsync(Actor customer) => DoAsync(CustomerStreams.IdOf(customer.Id), new DeactivateUser("on request"), customer);

    public async Task DoAsync(StreamId stream, ICommand command, Actor by)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        await DecideAsync(new CommandRecord(NewId(), KeyId: null, stream, command, by, Clock.GetUtcNow()));
    }

    /// <summary>Returns the latest event of a type on a stream.</summary>
    public EventRecord The<TEvent>(StreamId stream) => _published.Last(e => e.Stream == stream && e.Event is TEvent);

    public async Task<TState> StateAsync<TState>(StreamId stream) => Assert.IsAssignableFrom<TState>((await NewStates().ReadAsync([stream], Ct))[stream]);

    public Task<IReadOnlyList<EventRecord>> HistoryAsync(StreamId stream) => Reader.ReadAsync(stream, HistoryBounds.Everything, Ct);

    /// <summary>Delivers one message with these events to the process. Returns true if it was handled.</summary>
    public Task<bool> TellAsync(params EventRecord[] events) => TellAsync(EventMessage.Write(events, []));

    public Task<bool> TellAsync(string body, int receives = 1) => HandleAsync(
        new ProcessBatchHandler(NewFollower(), new OrderProcessor(new HintedStreams(Reader), NewStates(), this).AnswerAsync),
        body,
        receives);

    /// <summary>Delivers one message with these events to the function that ends overdue orders.</summary>
    public Task<bool> LookAfterAsync(params EventRecord[] events) => LookAfterAsync(EventMessage.Write(events, []));

    public Task<bool> LookAfterAsync(string body) => HandleAsync(
        new ProcessBatchHandler(NewFollower(), new OverdueOrders(new HintedStreams(Reader), NewStates(), this, Clock).ExpireAsync),
        body,
        receives: 1);

    /// <summary>Decides the commands that the functions sent.</summary>
    public async Task DecideAsync()
    {
        while (_waiting.TryDequeue(out var command)) await DecideAsync(command);
    }

    /// <summary>Delivers and decides until nothing more follows.</summary>
    public async Task SettleAsync()
    {
        for (var told = 0; told < _published.Count;)
        {
            var news = _published[told..].ToArray();
            told += news.Length;
            Assert.True(await TellAsync(news));
            await DecideAsync();
        }
    }

    public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
    {
        if (Failure is not null) throw Failure;
        Puts++;
        Sent.AddRange(commands);
        foreach (var command in commands) _waiting.Enqueue(command);
        return Task.CompletedTask;
    }

    Task IEventPublisher.PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        _published.AddRange(events);
        return Task.CompletedTask;
    }

    private async Task DecideAsync(CommandRecord command) => Assert.Null(await _writing.ProcessAsync(
        "arn:aws:kinesis:here:0:stream/commands@1",
        [new ArrivedRecord((++_sequenceNumber).ToString(CultureInfo.InvariantCulture), command.Stream.ToString(), Clock.GetUtcNow(), CommandJson.Write(ShopContracts.Commands, command))],
        Ct));

    private EventFollower NewFollower() => new(ShopContracts.Events, Letters, maxReceiveCount: 5, NullLogger<EventFollower>.Instance);

    private StateReader NewStates() => new(Tips, Reader, ShopDomain.Instance);

    private async Task<bool> HandleAsync(ISqsBatchHandler function, string body, int receives) => (await function.HandleAsync(
        [new SqsMessage("m", body, receives, Clock.GetUtcNow(), new Dictionary<string, string>(), "arn", null)],
        new InvocationContext("request", "arn", null, Clock.GetUtcNow() + TimeSpan.FromSeconds(30)),
        Ct)).Count == 0;
}

/// <summary>The tips, with the number of reads.</summary>
internal sealed class CountedTips : IStreamTips
{
    private readonly InMemoryStreamTips _inner = new();

    public int Loads { get; set; }

    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        Loads++;
        return _inner.LoadAsync(streams, ct);
    }

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => _inner.CommitAsync(next, read, ct);

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => _inner.ScanAsync(ct);
}
