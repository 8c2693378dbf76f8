using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>
/// What a product adds to its shelf: a read model for the specs, with an aggregate of every kind. Products move between
/// shelves, change what they add, and leave.
/// </summary>
internal sealed record OnShelf(
    string Category,
    int Pieces,
    decimal Price,
    DateTimeOffset Since);

internal sealed class ShelfProjection : IProjection<OnShelf>
{
    public string Category => ProductStreams.Category;

    public ShapeVersion Shape => new(1, "");

    public JsonTypeInfo<OnShelf> Json => ShelfJson.Default.OnShelf;

    public OnShelf? Apply(OnShelf? document, EventRecord e) => (document, e.Event) switch
    {
        (null, ProductCreated created) => new OnShelf(created.Category, created.Quantity, created.Price.Amount, e.At),
        (not null, ProductDeleted) => null,
        (not null, ProductPriceUpdated updated) => document with { Price = updated.New.Amount },
        (not null, InventoryAdjusted adjusted) => document with { Pieces = adjusted.Quantity },
        (not null, ProductDetailsRevised { Category: { } category }) => document with { Category = category },
        _ => document,
    };

    public Contribution Adds(OnShelf document) => new(
        ShelfOf(document.Category),
        new Dictionary<string, decimal> { ["products"] = 1, ["pieces"] = document.Pieces, ["value"] = document.Pieces * document.Price });

    public static StreamId ShelfOf(string category) => StreamId.Of("shelf", category);
}

/// <summary>
/// What a product adds to the whole shop, which only records the latest arrival. It never takes its value back.
/// </summary>
internal sealed class ArrivalProjection : IProjection<OnShelf>
{
    private readonly ShelfProjection _shelves = new();

    public static StreamId Shop { get; } = StreamId.Of("shop", "all");

    public string Category => _shelves.Category;

    public ShapeVersion Shape => new(1, "");

    public JsonTypeInfo<OnShelf> Json => _shelves.Json;

    public OnShelf? Apply(OnShelf? document, EventRecord e) => _shelves.Apply(document, e);

    public Contribution Adds(OnShelf document) => new(Shop, new Dictionary<string, decimal> { ["pieces"] = document.Pieces }, document.Since.ToString("O", null));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OnShelf))]
internal sealed partial class ShelfJson : JsonSerializerContext;
