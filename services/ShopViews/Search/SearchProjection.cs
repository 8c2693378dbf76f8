using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>
/// Projects events to searchable content, version 1. A product adds its words, each with a number for its place.
/// </summary>
public sealed class SearchProjection : IProjection<SearchDocument>
{
    public string Category => ProductStreams.Category;

    /// <summary>2: words of all scripts in one normal form, and contributions without a hash.</summary>
    public ShapeVersion Shape => new(2, "5KtLSfq1OP0");

    public IReadOnlyList<string> ChangedPaths { get; } = ["$.adds", "$.document.specifications", "$.document.description"];

    public bool AddsToAggregates => false;

    public JsonTypeInfo<SearchDocument> Json => SearchJson.Default.SearchDocument;

    public SearchDocument? Apply(SearchDocument? document, EventRecord e) => (document, e.Event) switch
    {
        (null, ProductCreated created) => Create(created, e),
        (not null, ProductDeleted) => null,
        // An order may still ask a deleted product.
        (null, StockReservationDeclined) when e.Version > 1 => null,
        (not null, IProductEvent change) => Change(document, change) with { Version = e.Version },
        _ => throw new InvalidOperationException($"{e.Type} at version {e.Version} cannot happen to {(document is null ? "no product" : "a product")}."),
    };

    public Contribution? Adds(SearchDocument document) => document.IsListed
        ? new Contribution(ProductStreams.IdOf(document.Id), Posting.Of(document).ToDictionary(posting => posting.Word, posting => posting.Amount))
        : null;

    public IEnumerable<IndexEntry> EntriesOf(ReadModelItem<SearchDocument> item) => Posting.Of(item).Select(posting => posting.Entry);

    private static SearchDocument Create(ProductCreated created, EventRecord e) => new(
        Id: Guid.Parse(e.Stream.Key),
        created.Name,
        created.Category,
        Merged(new Dictionary<string, IReadOnlyList<string>>(), created.Specifications.ToDictionary(specification => specification.Key, string? (specification) => specification.Value)),
        Words(created.Description),
        created.Price.Amount,
        e.Version,
        CreatedAt: e.At);

    private static SearchDocument Change(SearchDocument product, IProductEvent change) => change switch
    {
        ProductPriceUpdated updated => product with { Price = updated.New.Amount },
        ProductDetailsRevised revised => product with
        {
            Name = revised.Name ?? product.Name,
            Category = revised.Category ?? product.Category,
            Description = revised.Description is { } description ? Words(description) : product.Description,
            Specifications = revised.Specifications is { } changes ? Merged(product.Specifications, changes) : product.Specifications,
        },
        InventoryAdjusted or ProductImageAdded or ProductImageRemoved or StockReserved or StockReservationDeclined or StockReleased or ReservationBarred or ReservationCompleted or StockReturned => product,
        _ => throw new InvalidOperationException($"{change.GetType().Name} does not change a product."),
    };

    private static IReadOnlyList<string> Words(string description) => [.. SearchWords.Of(description).Take(SearchWords.MaxOfProduct)];

    /// <summary>Returns the merged specifications in ordinal order, so that equal products have equal JSON.</summary>
    private static SortedDictionary<string, IReadOnlyList<string>> Merged(IReadOnlyDictionary<string, IReadOnlyList<string>> old, IReadOnlyDictionary<string, string?> changes)
    {
        var merged = new SortedDictionary<string, IReadOnlyList<string>>(old.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            if (value is null) merged.Remove(name);
            else merged[name] = [.. SearchWords.Of(value).Take(SearchWords.MaxOfSpecification)];
        }

        return merged;
    }
}
