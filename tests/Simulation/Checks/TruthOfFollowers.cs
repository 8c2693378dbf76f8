using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Amazon.SimpleEmailV2.Model;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Functions.EdgeCache;
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

/// <content>Checks the subscribers: read models, mails, edge.</content>
public sealed partial class Truth
{
    private readonly Dictionary<Guid, long> _loggedAt = [];
    private readonly Dictionary<StreamId, List<ProductRating>> _ratings = [];
    private readonly Dictionary<string, int> _mails = [];
    private readonly HashSet<string> _refusedMails = [];
    private readonly Dictionary<StreamId, (long Version, long At)> _forgotten = [];
    private IReadOnlyList<ShownModel>? _models;

    /// <summary>The mail of the current code, which its claim reported.</summary>
    public AsyncLocal<string?> MailAtHand { get; } = new();

    /// <summary>The products in the read model.</summary>
    public ShownModel<ProductDocument> Products { get; } = new(ShopReadModels.ProductsV1, ShopTopology.ProductsV1, new ProductProjection());

    /// <summary>The orders in the read model.</summary>
    public ShownModel<OrderDocument> Orders { get; } = new(ShopReadModels.OrdersV1, ShopTopology.OrdersV1, new OrderProjection());

    /// <summary>The products in the search.</summary>
    public ShownModel<SearchDocument> Search { get; } = new(ShopReadModels.ProductSearchV1, ShopTopology.ProductSearchV1, new SearchProjection());

    /// <summary>Every read model with its categories.</summary>
    public IReadOnlyList<ShownModel> Models => _models ??=
    [
        Products,
        new ShownModel<ReviewRating>(ShopReadModels.ProductsV1, ShopTopology.ProductsV1, new RatingProjection()),
        new ShownModel<ReviewDocument>(ShopReadModels.ReviewsV1, ShopTopology.ReviewsV1, new ReviewProjection()),
        Orders,
        Search,
    ];

    /// <summary>The product's ratings that the read model had so far, in order. Empty at first.</summary>
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

    /// <summary>A function received a message, and may receive it again.</summary>
    public void Seen(SimQueue queue, string body, int receiveCount)
    {
        if (!isCalm || receiveCount > 1 || queue.Topology != ShopTopology.ReadModels) return;
        foreach (var (model, e) in Unapplied(body).Where(one => !Poisoned.Contains(one.Event.Stream)))
            Break(PoisonStaysWithItsStream, e.Stream, $"v{e.Version} was seen, and {model.Name} is at v{model.Versions.GetValueOrDefault(e.Stream)}.");
    }

    /// <summary>A function reported a message as done.</summary>
    public void Done(SimQueue queue, SimQueue.Message message)
    {
        if (queue.Topology == ShopTopology.Browsers) DoneForBrowsers(queue, message);
        if (queue.Topology != ShopTopology.ReadModels) return;
        foreach (var (model, e) in Unapplied(message.Body))
        {
            if (queue.DeadLetters.Exists(letter => EventMessage.Parse(ShopContracts.Events, letter.Body).Events.Contains(e)) || queue.IsRemainder(e, butFor: message)) continue;
            Break(EarlierCode.IsBeyond(e) ? NewerIsWaitedFor : DoneIsApplied, e.Stream, $"A message with v{e.Version} is done, and {model.Name} is at v{model.Versions.GetValueOrDefault(e.Stream)}.");
        }
    }

    /// <summary>SES accepted a mail.</summary>
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

    /// <summary>Returns the mail's subject: its event's position and its customer.</summary>
    public string SubjectOf(string mail) =>
        EventsById.GetValueOrDefault(Guid.Parse(mail[..36])) is { } cause ? string.Create(CultureInfo.InvariantCulture, $"{cause.Stream} v{cause.Version} {mail[37..]}") : mail;

    /// <summary>SES refused a mail permanently.</summary>
    public void MailRefused(string id)
    {
        if (!_refusedMails.Add(id)) Break(RefusedMailIsGivenUp, EventsById.GetValueOrDefault(Guid.Parse(id[..36]))?.Stream, $"Mail {id} is sent again.");
    }

    /// <summary>True if SES refused the mail with that id permanently.</summary>
    public bool WasRefused(string id) => _refusedMails.Contains(id);

    /// <summary>True if SES accepted the mail with that id.</summary>
    public bool WasMailed(string id) => _mails.ContainsKey(id);

    /// <summary>A function requests invalidations.</summary>
    public void Invalidating(IReadOnlyCollection<EdgeChange> changes)
    {
        foreach (var change in changes)
            if (Models.First(model => model.Table.Name == ShopTopology.ProductsV1.Name && model.Category == change.Stream.Category).Versions.GetValueOrDefault(change.Stream) < change.Version) Break(InvalidatedIsShown, change.Stream, $"v{change.Version} is invalidated before the read model shows it.");
    }

    /// <summary>CloudFront accepted an invalidation. Returns the version that the read model shows then.</summary>
    public long Invalidated(StreamId product)
    {
        var shown = Products.Versions.GetValueOrDefault(product);
        Note("invalidated", product, $"v{shown}");
        return shown;
    }

    public void Forgotten(StreamId product, long version) => _forgotten[product] = (Math.Max(version, _forgotten.GetValueOrDefault(product).Version), simulator.Now);

    /// <summary>True if the log had <paramref name="first"/> when it accepted <paramref name="second"/>.</summary>
    public bool WasLoggedBefore(EventStore.EventRecord first, EventStore.EventRecord second) => _loggedAt[first.EventId] < _loggedAt[second.EventId];

    /// <summary>Returns the events of a message that read models lack.</summary>
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

    /// <summary>Returns the sums of other streams on an item.</summary>
    private static Dictionary<string, decimal> SumsOf(Dictionary<string, AttributeValue> item) => item
        .Where(attribute => attribute.Key.StartsWith("sum:", StringComparison.Ordinal))
        .ToDictionary(attribute => attribute.Key["sum:".Length..], attribute => decimal.Parse(attribute.Value.N, NumberStyles.Float, CultureInfo.InvariantCulture));

    /// <summary>True if the customer must get a mail about the event.</summary>
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
