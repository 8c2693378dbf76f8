using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Specs.Verify;

public sealed class EntryCheckSpecs
{
    private readonly InMemoryShop _shop = new();

    [Theory]
    [InlineData("missing", "product-search-v1: headphones (Name) is missing")]
    [InlineData("stray", "product-search-v1: stray (Name) is stray")]
    [InlineData("differing", "product-search-v1: headphones (Name) says old, 1, and should say audio, ")]
    public async Task A_damaged_table_of_words_is_found(string damage, string text)
    {
        for (var number = 1; number <= 5; number++) await _shop.DoAsync(InMemoryShop.Product(number), InMemoryShop.Create(number));
        var words = new DamagedWords(_shop.Stores.As<InMemoryProductSearch>(ShopReadModels.SearchDocuments), InMemoryShop.Product(2), entry => damage switch
        {
            "missing" => [],
            "stray" => [entry, entry with { Key = "stray (Name)" }],
            _ => [entry with { Content = "old, 1" }],
        });

        var report = await _shop.VerifyAsync(stores: _shop.Stores.With(ShopReadModels.SearchDocuments, words));

        var difference = Assert.Single(report.Kept);
        Assert.Equal((Differences.IndexDiffers, InMemoryShop.Product(2)), (difference.Kind, difference.Stream));
        Assert.StartsWith(text, difference.Text, StringComparison.Ordinal);
        Assert.False(report.IsClean);
    }

    [Fact]
    public async Task Words_in_motion_are_clean_once_they_are_read_again()
    {
        await _shop.DoAsync(InMemoryShop.Product(2), InMemoryShop.Create(2));
        var words = new DamagedWords(_shop.Stores.As<InMemoryProductSearch>(ShopReadModels.SearchDocuments), InMemoryShop.Product(2), _ => []);
        _shop.Time.Meanwhile = () =>
        {
            words.IsHealed = true;
            return Task.CompletedTask;
        };

        Assert.True((await _shop.VerifyAsync(stores: _shop.Stores.With(ShopReadModels.SearchDocuments, words))).IsClean);
    }

    [Fact]
    public async Task An_item_of_an_earlier_shape_is_told_and_no_fault()
    {
        await _shop.DoAsync(InMemoryShop.Product(1), InMemoryShop.Create(1));
        await SpoilAsync(item => item with { Shape = 1, Document = item.Document! with { Slug = "old" } });

        var report = await _shop.VerifyAsync();

        var difference = Assert.Single(report.Kept);
        Assert.Equal((Differences.ItemOutdated, "products-v1: $.document.slug: item \"old\", fold \"headphones-1\""), (difference.Kind, difference.Text));
        Assert.True(report.IsClean);

        // Elsewhere, and in the current shape, it is an error.
        await SpoilAsync(item => item with { Document = item.Document! with { Name = "Other" } });
        Assert.Equal(1, (await _shop.VerifyAsync()).Totals[Differences.ItemDiffers]);
        await SpoilAsync(item => item with { Shape = 2 });
        Assert.Equal(2, (await _shop.VerifyAsync()).Totals[Differences.ItemDiffers]);
    }

    private async Task SpoilAsync(Func<ReadModelItem<ShopViews.Products.ProductDocument>, ReadModelItem<ShopViews.Products.ProductDocument>> change)
    {
        var item = (await _shop.Items.LoadAsync([InMemoryShop.Product(1)], CancellationToken.None)).Values.Single();
        Assert.True(await _shop.Items.SaveAsync(change(item), item, CancellationToken.None));
    }

    /// <summary>Damages the first entry of one product until it is repaired.</summary>
    private sealed class DamagedWords(InMemoryProductSearch inner, StreamId damaged, Func<IndexEntry, IEnumerable<IndexEntry>> damage) : IReadModel<SearchDocument>
    {
        public bool IsHealed { get; set; }

        public Task<IReadOnlyDictionary<StreamId, ReadModelItem<SearchDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.LoadAsync(streams, ct);

        public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.LoadVersionsAsync(streams, ct);

        public Task<bool> SaveAsync(ReadModelItem<SearchDocument> item, ReadModelItem<SearchDocument>? stored, CancellationToken ct) => inner.SaveAsync(item, stored, ct);

        public IAsyncEnumerable<ReadModelItem<SearchDocument>> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);

        public IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => inner.ScanEntriesAsync(ct)
            .SelectMany(entry => (!IsHealed && entry.Stream == damaged && entry.Key == "headphones (Name)" ? damage(entry) : [entry]).ToAsyncEnumerable());
    }
}
