using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.EventsToMail.Mails;
using ServerlessCqrs.EventsToMail.Occasions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Specs.EventsToMail.Given;

/// <summary>
/// Products, their watchers, customers and reviewers, and the function with everything behind it in memory. Each event
/// is one second after the previous.
/// </summary>
internal sealed class Town : IDisposable
{
    public static readonly Guid Product = new("6579c22f-be2b-444c-a52b-0116dd82df6c");

    private readonly Dictionary<StreamId, long> _versions = [];
    private readonly InMemoryEventLog _log = new();
    private readonly Dictionary<Guid, decimal> _prices = [];
    private int _orders;
    private DateTimeOffset _at = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<PersonalData> _opened = [];

    public Town()
    {
        Personal = OpenPersonalData();
        Claims = new InMemoryMailClaims(Clock);
    }

    public AdvancingClock Clock { get; } = new();

    public InMemoryPersonKeys Keys { get; } = new();

    public PersonalData Personal { get; }

    public InMemoryMailClaims Claims { get; }

    public PostOffice Post { get; } = new();

    public KeptLetters Letters { get; } = new();

    public KeptLog<MailOnce> Log { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _opened.ForEach(personal => personal.Dispose());

    public async Task<EventRecord> CreateAsync(Guid? product = null, string name = "Wireless Headphones")
    {
        _prices[product ?? Product] = 100;
        return await AppendAsync(
            ProductStreams.IdOf(product ?? Product),
            new ProductCreated("seller-1", name, "They play.", "audio", new Money(100, "USD"), 5, "WH_001", new Dictionary<string, string>(), []));
    }

    public async Task<EventRecord> PriceAsync(decimal price, Guid? product = null)
    {
        var old = _prices[product ?? Product];
        _prices[product ?? Product] = price;
        return await AppendAsync(ProductStreams.IdOf(product ?? Product), new ProductPriceUpdated(new Money(old, "USD"), new Money(price, "USD")));
    }

    public Task<EventRecord> RenameAsync(string name) => AppendAsync(ProductStreams.IdOf(Product), new ProductDetailsRevised(name, null, null, null));

    public async Task<EventRecord> WatchAsync(string customer, string? address = null, Guid? product = null) => await AppendAsync(
        WatchStreams.IdOf(product ?? Product, customer),
        new PriceWatched(product ?? Product, customer, await Personal.SealAsync(customer, address ?? $"{customer}@example.com", Ct)));

    public Task<EventRecord> UnwatchAsync(string customer, Guid? product = null) =>
        AppendAsync(WatchStreams.IdOf(product ?? Product, customer), new PriceUnwatched(product ?? Product, customer));

    /// <summary>Orders two pieces of each product, and returns the order's id.</summary>
    public async Task<Guid> OrderAsync(string customer, string? address, params Guid[] products)
    {
        var order = new Guid(++_orders, 0, 0, new byte[8]);
        await AppendAsync(
            OrderStreams.IdOf(order),
            new OrderCreated(customer, Items(products), address is null ? null : await Personal.SealAsync(customer, address, Ct), _at + OrderLimits.ReservationWindow));
        return order;
    }

    public Task<EventRecord> ConfirmAsync(Guid order, string customer, params Guid[] products) => AppendAsync(
        OrderStreams.IdOf(order),
        new OrderConfirmed(customer, [.. products.Select(product => new OrderedLine(product, 2, new Money(100, "USD"), "seller-1"))], new Money(200 * products.Length, "USD"), new Money(0, "USD"), new Money(200 * products.Length, "USD")));

    public Task<EventRecord> RejectAsync(Guid order, string customer, params Guid[] products) =>
        AppendAsync(OrderStreams.IdOf(order), new OrderRejected(customer, Items(products), products[0], ProductRefusals.InsufficientStock, "There are only 1 in stock.", _at));

    public Task<EventRecord> CancelAsync(Guid order, string customer, params Guid[] products) =>
        AppendAsync(OrderStreams.IdOf(order), new OrderCancelled(customer, Items(products), "changed my mind", WasConfirmed: false, _at));

    /// <summary>Approves a review of what was bought with that order.</summary>
    public async Task<EventRecord> ReviewAsync(Guid order, string customer)
    {
        var review = ReviewStreams.IdOf(Product, customer);
        await AppendAsync(review, new ProductPurchased(Product, customer, "seller-1", order));
        await AppendAsync(review, new ReviewSubmitted(Product, customer, 5, await Personal.SealAsync(customer, "Loud", Ct), await Personal.SealAsync(customer, "And light.", Ct)));
        return await AppendAsync(review, new ReviewApproved(Product, customer, 5));
    }

    public async Task RegisterAsync(string customer, string address, string? name = null) => await AppendAsync(
        CustomerStreams.IdOf(customer),
        new UserRegistered(await Personal.SealAsync(customer, address, Ct), name is null ? null : await Personal.SealAsync(customer, name, Ct)));

    public async Task MoveAsync(string customer, string address) => await AppendAsync(CustomerStreams.IdOf(customer), new UserEmailChanged(await Personal.SealAsync(customer, address, Ct)));

    public Task DeactivateAsync(string customer) => AppendAsync(CustomerStreams.IdOf(customer), new UserDeactivated("on request"));

    /// <summary>Adds a version to this stream that the log does not have yet.</summary>
    public void Skip(StreamId stream) => _versions[stream] = _versions.GetValueOrDefault(stream) + 1;

    /// <summary>Creates the function like a new process, without memory.</summary>
    public MailBatchHandler NewProcess()
    {
        var reader = new ServerlessCqrs.EventStore.StreamReader(_log, new InMemoryStreamTips());
        var (personal, shop) = (OpenPersonalData(), new Uri("https://shop.example"));
        return new MailBatchHandler(
            new EventFollower(ShopContracts.Events, Letters, maxReceiveCount: 5, NullLogger<EventFollower>.Instance),
            new Mailer(
                [new PriceDrops(_log, reader, personal, new PriceDropped(shop)), new OrderEnds(reader, new OrderMails(shop)), new ReviewApprovals(reader, new ReviewShown(shop))],
                new Addressees(reader, personal),
                new MailOnce(Claims, Post, Clock, Log),
                Clock,
                NullLogger<Mailer>.Instance));
    }

    /// <summary>
    /// Delivers one message with these events to a new process, which has a minute. Returns true if the message was
    /// handled.
    /// </summary>
    public Task<bool> DeliverAsync(params EventRecord[] events) => DeliverAsync(EventMessage.Write(events, []));

    public async Task<bool> DeliverAsync(string body, int receives = 1) =>
        (await NewProcess().HandleAsync(
            [new SqsMessage("m", body, receives, Clock.GetUtcNow(), new Dictionary<string, string>(), "arn", null)],
            new InvocationContext("request", "arn", null, Clock.GetUtcNow() + TimeSpan.FromMinutes(1)),
            Ct)).Count == 0;

    private static List<OrderLine> Items(Guid[] products) => [.. products.Select(product => new OrderLine(product, 2))];

    private PersonalData OpenPersonalData()
    {
        var personal = new PersonalData(Keys, new PlainMasterKey(), TimeProvider.System);
        lock (_opened) _opened.Add(personal);
        return personal;
    }

    private async Task<EventRecord> AppendAsync(StreamId stream, IEvent e)
    {
        var version = _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        _at += TimeSpan.FromSeconds(1);
        var record = EventRecord.Of(ShopContracts.Events, stream, version, e, CommandIds.Named(Guid.Empty, $"{stream} {version}"), 0, new Actor("someone", ShopRoles.Customer), _at);
        await _log.AppendAsync([record], [], Ct);
        return record;
    }

    internal sealed class PlainMasterKey : IMasterKey
    {
        public Task<(byte[] Plain, byte[] Wrapped)> CreateAsync(string person, CancellationToken ct)
        {
            var key = RandomNumberGenerator.GetBytes(32);
            return Task.FromResult((key, key.ToArray()));
        }

        public Task<byte[]> UnwrapAsync(string person, byte[] wrapped, CancellationToken ct) => Task.FromResult(wrapped.ToArray());
    }
}
