using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>
/// The search, version 1: an inverted index. A table by stream holds what can be searched of each product, with lists of a category by price and by name that carry no more than their keys; a table of words holds a
/// <see cref="Posting"/> for each word of each product. A product's row and its postings change in one transaction. No search reads more than its words, and what it needs to know of the products that they name.
/// </summary>
public sealed class DynamoProductSearchV1(
    IAmazonDynamoDB db,
    string table,
    string words,
    DocumentDeclaration<SearchDocument> declared,
    DynamoPauses? pauses = null) : DynamoReadModel<SearchDocument>(db, table, declared, pauses), IProductSearch
{
    /// <summary>
    /// Up to so many matches are put in order by reading their rows, half a unit each; more by going through the lists, of which half a unit reads some 35 products, until the page is full: the more match, the sooner.
    /// </summary>
    private const int FewMatches = 200;

    /// <summary>What BatchGetItem takes at once, and what is read ahead of a list.</summary>
    private const int Chunk = 100;

    private readonly DynamoPostings _postings = new(db, words, pauses ?? DynamoPauses.Usual);
    private readonly DynamoIndex _byPrice = DynamoIndex.Of(db, table, SearchLists.ByPrice);
    private readonly DynamoIndex _byName = DynamoIndex.Of(db, table, SearchLists.ByName);

    public async Task<ProductSearchPage> SearchAsync(ProductSearchQuery query, CancellationToken ct)
    {
        var after = SearchOrder.ReadCursor(query);
        var meter = new ReadMeter();
        var (matches, isPartial) = await MatchAsync(query, meter, ct);
        var found = SearchOrder.IsOfMatch(query.Sort) ? InOrderOfMatch(matches, query, after).ToAsyncEnumerable()
            : matches.Count <= FewMatches ? InOrderOfRows(matches, query, after, meter, ct)
            : InOrderOfLists(matches, query, after, meter, ct);
        if (query.HasPrice) found = InRange(found, query, meter, ct);

        // one more than the page tells whether there is a next one
        var page = await found.Take(query.Limit + 1).ToListAsync(ct);
        return new ProductSearchPage(
            [.. page.Take(query.Limit).Select(ProductKeys.ProductOf)],
            page.Count > query.Limit ? SearchOrder.WriteCursor(query, page[query.Limit - 1]) : null,
            query.HasPrice || isPartial ? null : matches.Count,
            isPartial,
            meter.Units);
    }

    public override IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) =>
        _postings.ScanAsync(product: null, ct).SelectMany(page => page.Select(posting => posting.Entry).ToAsyncEnumerable());

    public override async Task<long> DeleteStrayEntriesAsync(StreamId? stream, CancellationToken ct)
    {
        var deleted = 0L;
        await foreach (var page in _postings.ScanAsync(stream is { } one ? Guid.Parse(one.Key) : null, ct))
        {
            // The rows after their postings: what a row lacks now, it lacks since the posting was read, or its save has deleted the posting.
            var rows = await LoadAsync([.. page.Select(posting => ProductStreams.IdOf(posting.Product)).Distinct()], ct);
            foreach (var posting in page)
            {
                var row = rows.GetValueOrDefault(ProductStreams.IdOf(posting.Product));
                if (row?.Fault is not null || row is not null && Posting.Of(row).Any(own => (own.Word, own.Place) == (posting.Word, posting.Place))) continue;
                if (await _postings.DeleteAsync(posting, IsStill(ProductStreams.IdOf(posting.Product), row), ct)) deleted++;
            }
        }

        return deleted;
    }

    /// <summary>The postings that change: a new price changes none. A rebuild relies on no row, and reads what postings there are.</summary>
    protected override async ValueTask<IReadOnlyList<WriteBeside>> BesideAsync(ReadModelItem<SearchDocument> item, ReadModelItem<SearchDocument>? stored, CancellationToken ct)
    {
        List<Posting> after = [.. Posting.Of(item)];
        HashSet<Posting> before = stored switch
        {
            null => [],
            { IsDoubted: true } => [.. await _postings.LoadAsync([.. Keys(stored).UnionBy(after, KeyOf)], ct)],
            _ => [.. Posting.Of(stored)],
        };
        var kept = after.Select(KeyOf).ToHashSet();

        // A word that stands elsewhere now has another key.
        return [.. after.Where(posting => !before.Contains(posting)).Select(_postings.Put), .. before.Where(posting => !kept.Contains(KeyOf(posting))).Select(_postings.Delete)];

        // What was written with a row whose document cannot be read.
        IEnumerable<Posting> Keys(ReadModelItem<SearchDocument> row) =>
            row.Adds?.Sums.Select(word => new Posting(word.Key, Posting.PlaceOf(word.Value), Guid.Parse(row.Stream.Key), "", default)) ?? [];

        static (string, WordPlace) KeyOf(Posting posting) => (posting.Word, posting.Place);
    }

    /// <summary>The products that answer every word, and whether some may be missing.</summary>
    private async Task<(IReadOnlyDictionary<Guid, Match> Matches, bool IsPartial)> MatchAsync(ProductSearchQuery query, ReadMeter meter, CancellationToken ct)
    {
        var asked = SearchWords.OfQuery(query.Text);
        if (asked.Count == 0) return (new Dictionary<Guid, Match>(), false);
        var read = await Task.WhenAll(asked.Select(word => _postings.ReadAsync(word, meter, ct)));
        var perWord = read.Zip(asked, (postings, word) => postings.Postings
            .Where(posting => query.Category is null || posting.Category == query.Category)
            .Select(posting => new Match(posting.Product, SearchWords.Score(word, posting.Word, posting.Place), posting.Category, posting.CreatedAt))
            .GroupBy(match => match.Product)
            .ToDictionary(matches => matches.Key, matches => matches.MaxBy(match => match.Score)!));
        return (
            perWord.Aggregate((some, others) => some
                .Where(match => others.ContainsKey(match.Key))
                .ToDictionary(match => match.Key, match => match.Value with { Score = match.Value.Score + others[match.Key].Score })),
            read.Any(postings => postings.IsPartial));
    }

    /// <summary>The keys of the matches in the orders that need no more than the match.</summary>
    private static IEnumerable<string> InOrderOfMatch(IReadOnlyDictionary<Guid, Match> matches, ProductSearchQuery query, string? after)
    {
        var order = SearchOrder.Comparer(query.Sort);
        return matches.Values.Select(match => SearchOrder.KeyOf(query.Sort, match)).Where(key => after is null || order.Compare(key, after) > 0).Order(order);
    }

    /// <summary>The keys of the matches by price or name, from their rows.</summary>
    private async IAsyncEnumerable<string> InOrderOfRows(
        IReadOnlyDictionary<Guid, Match> matches,
        ProductSearchQuery query,
        string? after,
        ReadMeter meter,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var order = SearchOrder.Comparer(query.Sort);
        var key = query.Sort == ProductSearchSort.Name ? "nameKey" : "priceKey";
        var rows = await RowsAsync([.. matches.Keys], meter, ct);
        foreach (var row in rows.Where(row => after is null || order.Compare(row[key].S, after) > 0).OrderBy(row => row[key].S, order)) yield return row[key].S;
    }

    /// <summary>The keys of the matches by price or name, as they stand in the lists of their categories.</summary>
    private IAsyncEnumerable<string> InOrderOfLists(IReadOnlyDictionary<Guid, Match> matches, ProductSearchQuery query, string? after, ReadMeter meter, CancellationToken ct)
    {
        if (query.Sort == ProductSearchSort.Price && query.MinPrice is { } least) after ??= ProductKeys.BelowPrice(least);
        if (query.Sort == ProductSearchSort.PriceDescending && query.MaxPrice is { } most) after ??= ProductKeys.AbovePrice(most);
        var index = query.Sort == ProductSearchSort.Name ? _byName : _byPrice;
        var list = index.MergeAsync([.. matches.Values.Select(match => match.Category).Distinct()], after, SearchOrder.IsDescending(query.Sort), Chunk, meter, ct).Select(index.KeyOf);

        // A list by price ends with the range.
        if (query.Sort != ProductSearchSort.Name) list = list.TakeWhile(key => IsInRange(key, query));
        return list.Where(key => matches.ContainsKey(ProductKeys.ProductOf(key)));
    }

    /// <summary>Those whose price is in the range. Where the key does not tell it, it is read, of some at a time, until the page is full.</summary>
    private IAsyncEnumerable<string> InRange(IAsyncEnumerable<string> keys, ProductSearchQuery query, ReadMeter meter, CancellationToken ct)
    {
        if (query.Sort is ProductSearchSort.Price or ProductSearchSort.PriceDescending) return keys.Where(key => IsInRange(key, query));
        return keys.Chunk(Math.Min(Chunk, 2 * (query.Limit + 1))).SelectMany(async (chunk, token) =>
        {
            var rows = await RowsAsync([.. chunk.Select(ProductKeys.ProductOf)], meter, token);
            var priced = rows.Select(row => row["priceKey"].S).Where(price => IsInRange(price, query)).Select(ProductKeys.ProductOf).ToHashSet();
            return chunk.Where(key => priced.Contains(ProductKeys.ProductOf(key)));
        });
    }

    /// <summary>The keys of these products in the lists; what was taken off sale meanwhile is missing.</summary>
    private async Task<IEnumerable<Dictionary<string, AttributeValue>>> RowsAsync(IReadOnlyCollection<Guid> products, ReadMeter meter, CancellationToken ct) =>
        (await Items.LoadAsync([.. products.Select(ProductStreams.IdOf)], ["priceKey", "nameKey"], ct, consistent: false, meter)).Where(row => row.ContainsKey("priceKey"));

    private static bool IsInRange(string priceKey, ProductSearchQuery query) =>
        (query.MinPrice is not { } least || string.CompareOrdinal(priceKey, ProductKeys.BelowPrice(least)) > 0)
        && (query.MaxPrice is not { } most || string.CompareOrdinal(priceKey, ProductKeys.AbovePrice(most)) < 0);
}
