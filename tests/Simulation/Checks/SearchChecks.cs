using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Simulation.Programs;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Streams.Unicode;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>Checks the search at rest: the table of words, and the answers.</summary>
/// <param name="ask">Asks the edge until the answer is right, or the retries are used up.</param>
internal sealed class SearchChecks(World world, Func<string, Func<SimAnswer, bool>, Task<(bool IsRight, SimAnswer Said)>> ask)
{
    private readonly Truth _truth = world.Truth;

    public async Task CheckAsync()
    {
        await CheckWordsAsync();
        await CheckAnswersAsync();
    }

    private async Task CheckWordsAsync()
    {
        var stored = await Stores.ReadModels(world, world.Infrastructure).Of(ShopReadModels.SearchDocuments).ScanEntriesAsync(CancellationToken.None).ToListAsync();
        var named = _truth.Search.Versions.Keys.SelectMany(stream => _truth.Search.EntriesOf(_truth.Of(stream))).ToList();
        foreach (var entry in named.Except(stored)) Break(entry.Stream, $"{entry.Key} should be stored with {entry.Content}.");
        foreach (var entry in stored.Except(named)) Break(entry.Stream, $"{entry.Key} is stored with {entry.Content}, and should not be.");
    }

    /// <summary>
    /// Searches for each product by its own name, in other spellings. The search in memory tells which other products
    /// must be found.
    /// </summary>
    private async Task CheckAnswersAsync()
    {
        var memory = new InMemoryProductSearch();
        List<SearchDocument> products = [];
        foreach (var stream in _truth.Search.Versions.Keys)
        {
            var item = _truth.Search.ItemAt(_truth.Of(stream), _truth.Of(stream).Version);
            await memory.SaveAsync(item, null, CancellationToken.None);
            if (item.Document is { IsListed: true } product) products.Add(product);
        }

        foreach (var product in products)
        {
            foreach (var text in new[] { product.Name, FoldedText.Decompose(product.Name), FoldedText.Of(product.Name).ToUpperInvariant() })
            {
                foreach (var category in new[] { null, product.Category })
                {
                    var should = await memory.SearchAsync(new ProductSearchQuery(text, category, null, null, ProductSearchSort.Newest, 100, null), CancellationToken.None);
                    if (!should.Products.Contains(product.Id)) Break(ProductStreams.IdOf(product.Id), $"{product.Name} is not found by {text}.");
                    var path = $"/products/search?q={Uri.EscapeDataString(text)}&sort=newest&limit=100{(category is null ? "" : $"&category={category}")}";
                    var (isRight, said) = await ask(path, answer => answer.Status == 200 && Found(answer).SequenceEqual(should.Products));
                    if (!isRight) Break(ProductStreams.IdOf(product.Id), $"{path} should be {string.Join(' ', should.Products)}, and is {said.Status} {said.Body}");
                }
            }
        }
    }

    private static IEnumerable<Guid> Found(SimAnswer answer) => answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());

    private void Break(StreamId stream, string detail) => world.Simulator.Violate(SearchIsExact, $"{stream}: {detail}", stream);
}
