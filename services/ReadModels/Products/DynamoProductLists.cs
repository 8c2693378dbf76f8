using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>The lists of version 1: one index query a page of a category; all categories are their lists merged.</summary>
internal sealed class DynamoProductLists(IAmazonDynamoDB db, string table, KnownCategories categories)
{
    /// <summary>What a list of one category out of many is asked for at once, at least: a page rarely takes more from one.</summary>
    private const int SmallestChunk = 5;

    public async Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct)
    {
        var after = ProductCursor.Read(query);
        if (query.Category is { Length: 0 or > ProductLimits.MaxCategory }) return new ProductPage([], null);
        IReadOnlyCollection<string> lists = query.Category is { } one ? [one] : await categories.ReadAsync(ct);

        // one more than the page tells whether there is a next one
        var wanted = query.Limit + 1;
        var chunk = lists.Count <= 1 ? wanted : Math.Min(wanted, Math.Max(SmallestChunk, 2 * wanted / lists.Count));
        Run[] runs = [.. lists.Select(category => new Run(this, query.Sort, category, after, chunk))];
        await Task.WhenAll(runs.Select(run => run.FillAsync(ct)));

        var order = ProductKeys.IsDescending(query.Sort) ? Comparer<string>.Create((x, y) => Utf8Comparer.Instance.Compare(y, x)) : (IComparer<string>)Utf8Comparer.Instance;
        var heads = new PriorityQueue<Run, string>(order);
        foreach (var run in runs)
            if (run.Head is { } head) heads.Enqueue(run, head.Key);

        var page = new List<Entry>(wanted);
        while (page.Count < wanted && heads.TryDequeue(out var run, out _))
        {
            page.Add(run.Take());
            if (run.Head is null) await run.FillAsync(ct);
            if (run.Head is { } head) heads.Enqueue(run, head.Key);
        }

        return new ProductPage(
            [.. page.Take(query.Limit).Select(entry => ProductJson.ReadSummary(entry.Summary))],
            page.Count > query.Limit ? ProductCursor.Write(query, page[query.Limit - 1].Key) : null);
    }

    private async Task<IReadOnlyList<Entry>> QueryAsync(ProductSort sort, string category, string? after, int limit, CancellationToken ct)
    {
        var (index, key) = sort switch
        {
            ProductSort.Price or ProductSort.PriceDescending => ("by-price", "priceKey"),
            ProductSort.Name => ("by-name", "nameKey"),
            ProductSort.Newest => ("by-newest", "newestKey"),
            _ => throw new ArgumentOutOfRangeException(nameof(sort)),
        };
        var descending = ProductKeys.IsDescending(sort);
        var request = new QueryRequest
        {
            TableName = table,
            IndexName = index,
            KeyConditionExpression = after is null ? "#category = :category" : $"#category = :category AND #key {(descending ? "<" : ">")} :after",
            ExpressionAttributeNames = new() { ["#category"] = "category" },
            ExpressionAttributeValues = new() { [":category"] = new(category) },
            ScanIndexForward = !descending,
            Limit = limit,
        };
        if (after is not null)
        {
            request.ExpressionAttributeNames["#key"] = key;
            request.ExpressionAttributeValues[":after"] = new(after);
        }

        // a page ends at 1 MB too, but a hundred summaries are far below that
        var answer = await db.QueryAsync(request, ct);
        return [.. (answer.Items ?? []).Select(item => new Entry(item[key].S, item["summary"].S))];
    }

    private sealed record Entry(
        string Key,
        string Summary);

    /// <summary>One category's list, read ahead a chunk at a time.</summary>
    private sealed class Run(DynamoProductLists lists, ProductSort sort, string category, string? after, int chunk)
    {
        private readonly Queue<Entry> _read = [];
        private bool _ended;

        public Entry? Head => _read.TryPeek(out var head) ? head : null;

        public Entry Take() => _read.Dequeue();

        public async Task FillAsync(CancellationToken ct)
        {
            if (_ended) return;
            var entries = await lists.QueryAsync(sort, category, after, chunk, ct);
            _ended = entries.Count < chunk;
            foreach (var entry in entries) _read.Enqueue(entry);
            if (entries.Count > 0) after = entries[^1].Key;
        }
    }
}
