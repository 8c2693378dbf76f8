using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Amazon.SimpleEmailV2.Model;
using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Simulation.Programs;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <content>What follows the log: read model, mails, edge.</content>
public sealed partial class Truth
{
    private readonly Dictionary<Guid, long> _loggedAt = [];
    private readonly Dictionary<string, int> _mails = [];
    private readonly Dictionary<StreamId, (long Version, long At)> _forgotten = [];

    /// <summary>Which mail the code that runs now is about: its claim told.</summary>
    public AsyncLocal<string?> MailAtHand { get; } = new();

    /// <summary>A read-model item was written.</summary>
    public void Saved(Dictionary<string, AttributeValue> attributes)
    {
        var stream = StreamId.Parse(attributes["stream"].S);
        if (stream.Category != ProductStreams.Category || !attributes.TryGetValue("version", out var version)) return;
        var before = Shown.GetValueOrDefault(stream);
        var item = new ReadModelItem<ProductDocument>(
            stream,
            long.Parse(version.N, CultureInfo.InvariantCulture),
            attributes.TryGetValue("doc", out var document) ? ProductJson.ReadDocument(document.S) : null,
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(attributes["at"].N, CultureInfo.InvariantCulture)));
        Shown[stream] = item;
        Note("projected", item.Stream, $"v{item.Version}");
        if (item.Version < (before?.Version ?? 0)) Break(ItemNeverFalls, item.Stream, $"v{item.Version} after v{before!.Version}.");
        if (!IsTheFold(item)) Break(ItemIsTheFold, item.Stream, $"v{item.Version} is {Json(item)}.");
    }

    /// <summary>A function has seen a message, and may see it again.</summary>
    public void Seen(SimQueue queue, string body, int receiveCount)
    {
        if (!isCalm || receiveCount > 1 || queue.Topology != ShopTopology.ReadModels) return;
        foreach (var e in Unapplied(body).Where(e => !Poisoned.Contains(e.Stream)))
            Break(PoisonStaysWithItsStream, e.Stream, $"v{e.Version} was seen, and the item is at v{Shown.GetValueOrDefault(e.Stream)?.Version}.");
    }

    /// <summary>A function says that it is done with a message.</summary>
    public void Done(SimQueue queue, string body)
    {
        if (queue.Topology != ShopTopology.ReadModels) return;
        foreach (var e in Unapplied(body))
        {
            if (queue.DeadLetters.Exists(letter => EventMessage.Parse(letter.Body).Events.Contains(e))) continue;
            Break(EarlierCode.IsBeyond(e) ? NewerIsWaitedFor : DoneIsApplied, e.Stream, $"A message with v{e.Version} is done, and the item is at v{Shown.GetValueOrDefault(e.Stream)?.Version}.");
        }
    }

    /// <summary>SES took a mail.</summary>
    public void Mailed(string id, SendEmailRequest mail, bool bounces)
    {
        var count = _mails[id] = _mails.GetValueOrDefault(id) + 1;
        var (drop, customer) = (Guid.Parse(id[..36]), id[37..]);
        var cause = Streams.Values.SelectMany(truth => truth.Events).FirstOrDefault(e => e.EventId == drop);
        if (cause?.Event is not ProductPriceUpdated price || price.New.Amount >= price.Old.Amount || mail.Destination!.ToAddresses!.Single() != $"{customer}@example.com" || !WatchOf(cause.Stream, customer).Events.Any(e => e.At <= cause.At && e.Event is PriceWatched))
        {
            simulator.Violate(MailHasCause, $"{customer} was mailed about {cause?.Type}.", cause?.Stream);
            return;
        }

        Note("mailed", cause.Stream, $"v{cause.Version} to {customer}{(bounces ? ", who is not there" : "")}");
        if (count > 1) Break(OneMail, cause.Stream, $"{customer} got the mail about v{cause.Version} {count} times.");
    }

    /// <summary>Somebody asks for invalidations.</summary>
    public void Invalidating(IReadOnlyCollection<ProductChange> changes)
    {
        foreach (var change in changes)
            if ((Shown.GetValueOrDefault(change.Stream)?.Version ?? 0) < change.Version) Break(InvalidatedIsShown, change.Stream, $"v{change.Version} is invalidated before the read model shows it.");
    }

    /// <summary>CloudFront took an invalidation. Returns what the read model shows then.</summary>
    public long Invalidated(StreamId product)
    {
        var shown = Shown.GetValueOrDefault(product)?.Version ?? 0;
        Note("invalidated", product, $"v{shown}");
        return shown;
    }

    public void Forgotten(StreamId product, long version) => _forgotten[product] = (Math.Max(version, _forgotten.GetValueOrDefault(product).Version), simulator.Now);

    /// <summary>Whether the log held <paramref name="first"/> when it took <paramref name="second"/>.</summary>
    public bool WasLoggedBefore(EventStore.EventRecord first, EventStore.EventRecord second) => _loggedAt[first.EventId] < _loggedAt[second.EventId];

    private IEnumerable<EventStore.EventRecord> Unapplied(string body) =>
        EventMessage.Parse(body).Events.Where(e => e.Stream.Category == ProductStreams.Category && (Shown.GetValueOrDefault(e.Stream)?.Version ?? 0) < e.Version);

    private StreamTruth WatchOf(StreamId product, string customer) => Of(WatchStreams.IdOf(Guid.Parse(product.Key), customer));

    private bool IsTheFold(ReadModelItem<ProductDocument> item)
    {
        var truth = Of(item.Stream);
        if (item.Version < 1 || item.Version > truth.Version) return false;
        var should = truth.ItemAt(item.Version);
        return ReferenceEquals(should, item) || should.At == item.At && Json(should) == Json(item);
    }

    private static string? Json(ReadModelItem<ProductDocument> item) => item.Document is { } document ? ProductJson.Write(document) : null;
}
