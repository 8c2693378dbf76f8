using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Amazon.SimpleEmailV2.Model;
using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Simulation.Programs;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <content>What follows the log: read model, mails, edge.</content>
public sealed partial class Truth
{
    private readonly Dictionary<Guid, long> _loggedAt = [];
    private readonly Dictionary<StreamId, List<ProductRating>> _ratings = [];
    private readonly Dictionary<string, int> _mails = [];
    private readonly HashSet<string> _refusedMails = [];
    private readonly Dictionary<StreamId, (long Version, long At)> _forgotten = [];
    private IReadOnlyList<ShownModel>? _models;

    /// <summary>Which mail the code that runs now is about: its claim told.</summary>
    public AsyncLocal<string?> MailAtHand { get; } = new();

    /// <summary>The products as the read model shows them.</summary>
    public ShownModel<ProductDocument> Products { get; } = new(ShopReadModels.ProductsV1, ShopTopology.ProductsV1, new ProductProjection());

    /// <summary>The orders as the read model shows them.</summary>
    public ShownModel<OrderDocument> Orders { get; } = new(ShopReadModels.OrdersV1, ShopTopology.OrdersV1, new OrderProjection());

    /// <summary>The products as a search finds them.</summary>
    public ShownModel<SearchDocument> Search { get; } = new(ShopReadModels.ProductSearchV1, ShopTopology.ProductSearchV1, new SearchProjection());

    /// <summary>Every read model, and what it follows.</summary>
    public IReadOnlyList<ShownModel> Models => _models ??=
    [
        Products,
        new ShownModel<ReviewRating>(ShopReadModels.ProductsV1, ShopTopology.ProductsV1, new RatingProjection()),
        new ShownModel<ReviewDocument>(ShopReadModels.ReviewsV1, ShopTopology.ReviewsV1, new ReviewProjection()),
        Orders,
        Search,
    ];

    /// <summary>What the read model has said of a product's reviews, one after the other; nothing at first.</summary>
    public IReadOnlyList<ProductRating> RatingsOf(StreamId product) => _ratings.TryGetValue(product, out var ratings) ? ratings : [ProductRating.None];

    /// <summary>A read-model item was written.</summary>
    public void Saved(SimTable table, Dictionary<string, AttributeValue> item)
    {
        var stream = StreamId.Parse(item["stream"].S);
        if (item.TryGetValue("version", out var version) && Models.FirstOrDefault(model => model.Table.Name == table.Name && model.Category == stream.Category) is { } model)
            Saved(model, stream, long.Parse(version.N, CultureInfo.InvariantCulture), item);
        var sums = SumsOf(item);
        if (sums.Count == 0) return;
        var rows = table.All.Where(row => row.ContainsKey("adds")).Select(row => Contribution.Parse(row["adds"].S)).Where(adds => adds.About == stream).ToList();
        foreach (var (name, sum) in sums)
            if (rows.Sum(row => row.Sums.GetValueOrDefault(name)) is var should && should != sum) Break(AggregateIsTheSum, stream, $"{name} is {sum} in {table.Name}; its rows come to {should}.");
        if (stream.Category == ProductStreams.Category) Rated(stream, new ProductRating((int)sums["stars"], (int)sums["reviews"], (long)sums["revision"]));
    }

    /// <summary>A function has seen a message, and may see it again.</summary>
    public void Seen(SimQueue queue, string body, int receiveCount)
    {
        if (!isCalm || receiveCount > 1 || queue.Topology != ShopTopology.ReadModels) return;
        foreach (var (model, e) in Unapplied(body).Where(one => !Poisoned.Contains(one.Event.Stream)))
            Break(PoisonStaysWithItsStream, e.Stream, $"v{e.Version} was seen, and {model.Name} is at v{model.Versions.GetValueOrDefault(e.Stream)}.");
    }

    /// <summary>A function says that it is done with a message.</summary>
    public void Done(SimQueue queue, SimQueue.Message message)
    {
        if (queue.Topology != ShopTopology.ReadModels) return;
        foreach (var (model, e) in Unapplied(message.Body))
        {
            if (queue.DeadLetters.Exists(letter => EventMessage.Parse(ShopContracts.Events, letter.Body).Events.Contains(e)) || queue.IsRemainder(e, butFor: message)) continue;
            Break(EarlierCode.IsBeyond(e) ? NewerIsWaitedFor : DoneIsApplied, e.Stream, $"A message with v{e.Version} is done, and {model.Name} is at v{model.Versions.GetValueOrDefault(e.Stream)}.");
        }
    }

    /// <summary>SES took a mail.</summary>
    public void Mailed(string id, SendEmailRequest mail, bool bounces)
    {
        var count = _mails[id] = _mails.GetValueOrDefault(id) + 1;
        var (eventId, customer) = (Guid.Parse(id[..36]), id[37..]);
        var cause = EventsById.GetValueOrDefault(eventId);
        if (cause is null || !Concerns(cause, customer) || mail.Destination!.ToAddresses!.Single() != SimIdentity.EmailOf(new Actor(customer, ShopRoles.Customer)))
        {
            simulator.Violate(MailHasCause, $"{customer} was mailed about {cause?.Type}.", cause?.Stream);
            return;
        }

        Note("mailed", cause.Stream, $"v{cause.Version} to {customer}{(bounces ? ", who is not there" : "")}");
        if (count > 1) Break(OneMail, cause.Stream, $"{customer} got the mail about v{cause.Version} {count} times.");
    }

    /// <summary>What a mail is about: its event's place and its customer.</summary>
    public string SubjectOf(string mail) =>
        EventsById.GetValueOrDefault(Guid.Parse(mail[..36])) is { } cause ? string.Create(CultureInfo.InvariantCulture, $"{cause.Stream} v{cause.Version} {mail[37..]}") : mail;

    /// <summary>SES refused a mail for good.</summary>
    public void MailRefused(string id)
    {
        if (!_refusedMails.Add(id)) Break(RefusedMailIsGivenUp, EventsById.GetValueOrDefault(Guid.Parse(id[..36]))?.Stream, $"Mail {id} is sent again.");
    }

    /// <summary>Whether SES refused the mail of that id for good.</summary>
    public bool WasRefused(string id) => _refusedMails.Contains(id);

    /// <summary>Whether SES took the mail of that id.</summary>
    public bool WasMailed(string id) => _mails.ContainsKey(id);

    /// <summary>Somebody asks for invalidations.</summary>
    public void Invalidating(IReadOnlyCollection<ProductChange> changes)
    {
        foreach (var change in changes)
            if (Models.First(model => model.Table.Name == ShopTopology.ProductsV1.Name && model.Category == change.Stream.Category).Versions.GetValueOrDefault(change.Stream) < change.Version) Break(InvalidatedIsShown, change.Stream, $"v{change.Version} is invalidated before the read model shows it.");
    }

    /// <summary>CloudFront took an invalidation. Returns what the read model shows then.</summary>
    public long Invalidated(StreamId product)
    {
        var shown = Products.Versions.GetValueOrDefault(product);
        Note("invalidated", product, $"v{shown}");
        return shown;
    }

    public void Forgotten(StreamId product, long version) => _forgotten[product] = (Math.Max(version, _forgotten.GetValueOrDefault(product).Version), simulator.Now);

    /// <summary>Whether the log held <paramref name="first"/> when it took <paramref name="second"/>.</summary>
    public bool WasLoggedBefore(EventStore.EventRecord first, EventStore.EventRecord second) => _loggedAt[first.EventId] < _loggedAt[second.EventId];

    /// <summary>Which of a message's events which read models lack.</summary>
    private IEnumerable<(ShownModel Model, EventStore.EventRecord Event)> Unapplied(string body) =>
        EventMessage.Parse(ShopContracts.Events, body).Events.SelectMany(e => Models.Where(model => model.Category == e.Stream.Category && model.Versions.GetValueOrDefault(e.Stream) < e.Version), (e, model) => (model, e));

    private void Saved(ShownModel model, StreamId stream, long version, Dictionary<string, AttributeValue> item)
    {
        var before = model.Versions.GetValueOrDefault(stream);
        model.Versions[stream] = version;
        Note("projected", stream, $"v{version} {model.Name}");
        if (version < before) Break(ItemNeverFalls, stream, $"v{version} after v{before} in {model.Name}.");
        if (!model.IsTheFold(Of(stream), version, item)) Break(ItemIsTheFold, stream, $"v{version} in {model.Name} is {item.GetValueOrDefault("doc")?.S} {item.GetValueOrDefault("adds")?.S}.");
    }

    private void Rated(StreamId product, ProductRating rating)
    {
        if (!_ratings.TryGetValue(product, out var ratings)) _ratings.Add(product, ratings = [ProductRating.None]);
        if (ratings[^1] == rating) return;
        ratings.Add(rating);
        Note("rated", product, $"{rating.Stars} stars of {rating.Reviews} reviews");
    }

    /// <summary>The sums that other streams have made on an item.</summary>
    private static Dictionary<string, decimal> SumsOf(Dictionary<string, AttributeValue> item) => item
        .Where(attribute => attribute.Key.StartsWith("sum:", StringComparison.Ordinal))
        .ToDictionary(attribute => attribute.Key["sum:".Length..], attribute => decimal.Parse(attribute.Value.N, NumberStyles.Float, CultureInfo.InvariantCulture));

    /// <summary>Whether the customer is to be told about the event.</summary>
    public bool Concerns(EventStore.EventRecord e, string customer) => e.Event switch
    {
        ProductPriceUpdated price => price.New.Amount < price.Old.Amount && WatchOf(e.Stream, customer).Events.Any(watch => watch.At <= e.At && watch.Event is PriceWatched),
        OrderConfirmed confirmed => confirmed.Customer == customer,
        OrderRejected rejected => rejected.Customer == customer,
        OrderCancelled cancelled => cancelled.Customer == customer,
        ReviewApproved approved => approved.Customer == customer,
        _ => false,
    };

    private StreamTruth WatchOf(StreamId product, string customer) => Of(WatchStreams.IdOf(Guid.Parse(product.Key), customer));
}
