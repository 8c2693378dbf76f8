using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator.Specs;

/// <summary>
/// The real write path and projection over stores in memory. Commands are decided immediately, unless <see
/// cref="Waits"/> is set.
/// </summary>
internal sealed class InMemoryShop : ICommandStream, IEventPublisher, ICommandTrail
{
    public static readonly Actor Seller = new("seller-1", ShopRoles.Seller);

    private const string Source = "arn:aws:kinesis:here:0:stream/commands@1";

    private readonly List<CommandRecord> _waiting = [];
    private readonly List<PutCommand> _trail = [];
    private readonly CommandProcessor _processor;
    private long _sequence = 100;

    public InMemoryShop()
    {
        Streams = new StreamReader(Log, Tips);
        _processor = new CommandProcessor(Tips, Log, Streams, this, ShopDomain.Instance, Time, NullLogger<CommandProcessor>.Instance);
        Models = ShopReadModels.All.Over(Stores, Streams, new InMemorySnapshots(every: 2));
        Live = new LiveReadModels(Models, new InMemoryReadModelStates(), Time);
    }

    public InMemoryEventLog Log { get; } = new();

    public InMemoryStreamTips Tips { get; } = new();

    public StreamReader Streams { get; }

    public ReadModelStores Stores { get; } = ReadModelStores.InMemory(ShopReadModels.All);

    public InMemoryProducts<ProductDocument> Items => Stores.As<InMemoryProducts<ProductDocument>>(ShopReadModels.ProductDocuments);

    public InMemoryReadModel<ReviewRating> Ratings => Stores.As<InMemoryReadModel<ReviewRating>>(ShopReadModels.Ratings);

    /// <summary>Every declared read model.</summary>
    public ReadModelCatalogue Models { get; }

    /// <summary>The live read models.</summary>
    public LiveReadModels Live { get; }

    public InstantTime Time { get; } = new();

    /// <summary>Every command that was sent, in order.</summary>
    public List<CommandRecord> Put { get; } = [];

    /// <summary>True if commands wait on the stream until <see cref="DecideAsync"/>.</summary>
    public bool Waits { get; set; }

    /// <summary>True if events reach the read model.</summary>
    public bool Projects { get; set; } = true;

    /// <summary>True if the order process answers events.</summary>
    public bool Sells { get; set; } = true;

    /// <summary>
    /// The number (from 1) of the put that fails after it stored its commands, as if the importer was killed.
    /// </summary>
    public int? FailsAtPut { get; set; }

    private int _puts;

    public async Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
    {
        Put.AddRange(commands);
        _trail.AddRange(commands.Select(command => new PutCommand(command.Stream, command.CommandId, command.At)));
        _waiting.AddRange(commands);
        if (++_puts == FailsAtPut) throw new OperationCanceledException();
        if (!Waits) await DecideAsync();
    }

    /// <summary>Decides the waiting commands, and those that follow.</summary>
    public async Task DecideAsync()
    {
        while (_waiting.Count > 0) await DecideOnceAsync();
    }

    private async Task DecideOnceAsync()
    {
        var records = _waiting.Select(command => new ArrivedRecord((++_sequence).ToString(CultureInfo.InvariantCulture), command.Stream.ToString(), command.At, CommandJson.Write(ShopContracts.Commands, command))).ToList();
        _waiting.Clear();
        Assert.Null(await _processor.ProcessAsync(Source, records, CancellationToken.None));
    }

    /// <summary>Processes records in the form of a shard.</summary>
    public Task<string?> ProcessAsync(string source, IReadOnlyList<ArrivedRecord> records) => _processor.ProcessAsync(source, records, CancellationToken.None);

    /// <summary>Sends one command and decides it.</summary>
    public Task DoAsync(StreamId stream, ICommand command, Guid? id = null) =>
        PutAsync([new CommandRecord(id ?? CommandIds.Named(Guid.Empty, $"{stream} {Put.Count}"), null, stream, command, Seller, Time.GetUtcNow())], CancellationToken.None);

    public async Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        if (Sells) _waiting.AddRange(events.SelectMany(e => OrderProcess.React(e.Stream, e.Event).Select(answer => CommandRecord.Answer(OrderProcess.Manager, e, answer.Target, answer.Command, e.At))));
        if (!Projects) return;
        Assert.Empty(await (await Live.NowAsync(ct)).ProjectAsync(StreamBatch.Of(new EventMessage(events, [])), ct));
    }

    public async IAsyncEnumerable<PutCommand> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var put in _trail.ToList()) yield return put;
        await Task.CompletedTask;
    }

    public Task<ImportReport> ImportAsync(params IEnumerable<CatalogueProduct> products) => ImportAsync(products, waitVisible: true);

    public Task<ImportReport> ImportAsync(IEnumerable<CatalogueProduct> products, bool waitVisible) =>
        ImportAsync(products.Select(product => product.ToRecord(Seller, Time.GetUtcNow())), waitVisible ? new Visibility(Items) : null);

    public Task<ImportReport> ImportAsync(IEnumerable<CommandRecord> commands, ISequel? sequel) =>
        new Importer(Tips, Log, this, Time).RunAsync(commands.ToAsyncEnumerable(), sequel, TimeSpan.FromSeconds(60), _ => { }, CancellationToken.None);

    /// <param name="stores">Stores that replace the shop's own read models.</param>
    public async Task<VerifyReport> VerifyAsync(string? category = null, ReadModelStores? stores = null)
    {
        var live = stores is null ? Live : new LiveReadModels(ShopReadModels.All.Over(stores, Streams), new InMemoryReadModelStates(), Time);
        return await new StoreVerifier(ShopDomain.Instance, Log, Log, Tips, await live.NowAsync(CancellationToken.None), Time).RunAsync(category, _ => { }, CancellationToken.None);
    }

    public static StreamId Product(int number = 1) => ProductStreams.IdOf(new Guid(number, 0, 0, new byte[8]));

    public static CreateProduct Create(int number = 1, decimal price = 100) => new(
        $"Headphones {number}",
        "They play music.",
        "audio",
        new Money(price, "USD"),
        50,
        "WH_001",
        new Dictionary<string, string> { ["style"] = "loud" },
        []);

    public static CatalogueProduct InCatalogue(int number, decimal price = 100) => new(Product(number), Create(number, price), null);
}
