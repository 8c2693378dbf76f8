using ServerlessCqrs.EventStore;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Benchmarks.Reads;

/// <summary>Products as the read model has them, and the paths that lead to them.</summary>
internal sealed record Catalogue(
    InMemoryProducts Products,
    IReadOnlyList<string> Paths)
{
    private static readonly Actor Seller = new("seller-1", Actor.Seller);
    private static readonly DateTimeOffset Begin = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<Catalogue> OfAsync(IEnumerable<(StreamId Stream, CreateProduct Command)> products, CancellationToken ct)
    {
        var items = new InMemoryProducts();
        List<string> paths = [];
        foreach (var (stream, create) in products)
        {
            var created = new ProductCreated(Seller.Id, create.Name, create.Description, create.Category, create.Price, create.Quantity, create.Warehouse, create.Specifications, []);
            var e = EventRecord.Of(stream, 1, created, Guid.Parse(stream.Key), 0, Seller, Begin.AddSeconds(paths.Count));
            await items.SaveAsync(new ProductProjection().Fold([e])!, null, ct);
            paths.Add($"/products/{stream.Key}");
        }

        return new Catalogue(items, paths);
    }

    /// <summary>A catalogue's products, as import maps them.</summary>
    public static IEnumerable<(StreamId Stream, CreateProduct Command)> Imported(string file) =>
        new ImportFile<CatalogueProduct>(file, new CatalogueMapping(new CatalogueDefaults("USD", "WH_001", new Uri("https://images.example.com/"))).Map).Items()
            .Select(product => (product.Stream, product.Command));

    /// <summary>As many products of usual size as one wants.</summary>
    public static IEnumerable<(StreamId Stream, CreateProduct Command)> Invented(int count) => Enumerable.Range(1, count).Select(number => (
        ProductStreams.IdOf(new Guid(number, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 0])),
        new CreateProduct($"Headphones {number}", "A product that is described in a sentence of usual length.", "audio", new Money(100, "USD"), 50, "WH_001", new Dictionary<string, string> { ["colour"] = "black" }, [])));
}
