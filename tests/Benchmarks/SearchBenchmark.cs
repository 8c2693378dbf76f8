using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Benchmarks;

/// <summary>Searches a catalogue on DynamoDB Local with words of its own products: how long a page takes, what it reads, and whether it is what looking at every product finds.</summary>
internal static class SearchBenchmark
{
    private const int Queries = 500;
    private const int WarmUp = 50;

    public static Command Command()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A YAML catalogue, as import reads it." };
        file.AcceptExistingOnly();
        var command = new Command("search", "Measures searches in a catalogue: time on DynamoDB Local, and read units. Compares every page with a scan of all products. Takes a minute.") { file };
        command.SetAction(async (parsed, ct) => await RunAsync(parsed.GetRequiredValue(file).FullName, ct) ? 0 : 1);
        return command;
    }

    /// <returns>Whether every answer was right.</returns>
    private static async Task<bool> RunAsync(string file, CancellationToken ct)
    {
        var created = Catalogue.Imported(file);
        await using var dynamo = await LocalDynamo.StartAsync([ShopTopology.ProductSearchV1, ShopTopology.ProductSearchV1Words], ct);
        var stored = new DynamoProductSearchV1(dynamo.Client, ShopTopology.ProductSearchV1.Name, ShopTopology.ProductSearchV1Words.Name, ShopReadModels.SearchDocuments);
        var memory = new InMemoryProductSearch();
        await FillAsync(stored, created, ct);
        await FillAsync(memory, created, ct);
        var postings = await stored.ScanEntriesAsync(ct).CountAsync(ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{created.Length:#,0} products, {postings:#,0} postings; {Queries} queries of one to three words of theirs, whole or begun, a page of 20."));

        var chance = new Random(7);
        List<Found> found = [];
        var wrong = 0;
        for (var i = 0; i < WarmUp + Queries; i++)
        {
            var query = Random((ProductCreated)created[chance.Next(created.Length)].Event, chance);
            var start = Stopwatch.GetTimestamp();
            var page = await stored.SearchAsync(query, ct);
            var took = Stopwatch.GetElapsedTime(start);
            if (i < WarmUp) continue;
            found.Add(new Found(query, took, page.ReadUnits));
            if (page.IsPartial || page.Products.SequenceEqual((await memory.SearchAsync(query, ct)).Products)) continue;
            wrong++;
            Console.WriteLine($"WRONG: {query}");
        }

        Print(found);
        Console.WriteLine(wrong == 0 ? "Every page is the one that looking at every product finds." : $"{wrong} of {Queries} pages are wrong.");
        return wrong == 0;
    }

    private static async Task FillAsync(IReadModel<SearchDocument> items, EventRecord[] created, CancellationToken ct)
    {
        var projector = new Projector<SearchDocument>(items, new SearchProjection(), new StreamReader(new InMemoryEventLog(), new InMemoryStreamTips()));
        foreach (var chunk in created.Chunk(100))
            if ((await projector.ProjectAsync([.. chunk.Select(e => new StreamBatch(e.Stream, [e], []))], ct)).FirstOrDefault(projected => projected.Error is not null) is { Error: { } error }) throw error;
    }

    /// <summary>What somebody who looks for this product may type.</summary>
    private static ProductSearchQuery Random(ProductCreated product, Random chance)
    {
        string[] words = [.. $"{product.Name} {product.Category} {product.Description}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().OrderBy(_ => chance.Next()).Take(chance.Next(1, 4))];
        return new ProductSearchQuery(
            string.Join(' ', words.Select(word => chance.Next(3) == 0 ? word[..chance.Next(1, word.Length + 1)] : word)),
            chance.Next(4) == 0 ? product.Category : null,
            chance.Next(4) == 0 ? decimal.Floor(product.Price.Amount / 2) : null,
            chance.Next(4) == 0 ? decimal.Ceiling(product.Price.Amount * 2) : null,
            (ProductSearchSort)chance.Next(5),
            Limit: 20,
            Cursor: null);
    }

    private static void Print(IReadOnlyCollection<Found> found)
    {
        Console.WriteLine();
        Console.WriteLine("sort             | queries | ms p50 | ms p99 | read units p50 |    p99 |    max");
        foreach (var sort in found.GroupBy(one => one.Query.Sort.ToString()).OrderBy(group => group.Key, StringComparer.Ordinal)) Row(sort.Key, [.. sort]);
        Row("all", found);
        Console.WriteLine();

        static void Row(string name, IReadOnlyCollection<Found> some)
        {
            var (times, units) = (some.Select(one => one.Took.TotalMilliseconds).Order().ToArray(), some.Select(one => one.ReadUnits).Order().ToArray());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-16} | {some.Count,7} | {Percentile.Of(times, 0.5),6:0.0} | {Percentile.Of(times, 0.99),6:0.0} | {Percentile.Of(units, 0.5),14:0.0} | {Percentile.Of(units, 0.99),6:0.0} | {units[^1],6:0.0}"));
        }
    }

    private sealed record Found(
        ProductSearchQuery Query,
        TimeSpan Took,
        double ReadUnits);
}
