using ServerlessCqrs.EventStore;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks;

/// <summary>The first events of products, one second apart.</summary>
internal static class Catalogue
{
    private static readonly Actor Seller = new("seller-1", ShopRoles.Seller);
    private static readonly DateTimeOffset Begin = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The products of a catalogue file, as import maps them.</summary>
    public static EventRecord[] Imported(string file) =>
        [.. new ImportFile<CatalogueProduct>(file, new CatalogueMapping(new CatalogueDefaults("USD", "WH_001", new Uri("https://images.example.com/"))).Map).Items().Select((product, number) => Created(product.Stream, product.Command, number))];

    /// <summary>A number of invented products of typical size.</summary>
    public static EventRecord[] Invented(int count) => [.. Enumerable.Range(1, count).Select(number => Created(
        ProductStreams.IdOf(new Guid(number, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0])),
        new CreateProduct($"Headphones {number}", "A product that is described in a sentence of usual length.", "audio", new Money(100, "USD"), 50, "WH_001", new Dictionary<string, string> { ["colour"] = "black" }, []),
        number))];

    private static EventRecord Created(StreamId stream, CreateProduct create, int number)
    {
        var e = new ProductCreated(Seller.Id, create.Name, create.Description, create.Category, create.Price, create.Quantity, create.Warehouse, create.Specifications, []);
        return EventRecord.Of(ShopContracts.Events, stream, 1, e, Guid.Parse(stream.Key), 0, Seller, Begin.AddSeconds(number));
    }
}
