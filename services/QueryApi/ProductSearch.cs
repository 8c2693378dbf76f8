using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Streams.Unicode;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi;

/// <summary>The search by words. It has no second source: it returns 503 while DynamoDB is unavailable.</summary>
public static class SearchRoutes
{
    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/search", Find)
            .TakesOnly(SearchParameters.Names)
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("Search products by words")
            .WithDescription(
                "Finds products that have every word in name, category, specifications or description. The first five words count. Each may be the beginning of a word, from two characters on. "
                + "Case, accents on Latin letters, normal form, width, and vowel points of Arabic and Hebrew are ignored. Symbols and emoji are not words. Scripts without spaces, such as Chinese, match from two characters on. "
                + $"The first {SearchLimits.WordsOfProduct} different words of a product are searchable: name, category, specifications (the first {SearchLimits.WordsOfSpecification} words of each value), then description. The first {SearchLimits.CharactersOfWord} characters of a word count. "
                + "next, and Link with rel=next, lead to the next page. A page may lack a product that was just deleted. The search may be some seconds behind the products.")
            .WithAnswerExample(ProductExamples.Search)
            .Produces<SearchBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Find(
        [Description("The words to search for.")] string? q,
        [Description("Only this category. Default: all.")] string? category,
        [Description("Only products at this price or above, in their own currency.")] string? minPrice,
        [Description("Only products at this price or below, in their own currency.")] string? maxPrice,
        [Description("relevance (by where the words are), price (lowest first), -price, name or newest. Default: relevance.")] string? sort,
        [Description("How many products, 1 to 100. Default: 20.")] string? limit,
        [Description("The value of next on the previous page.")] string? cursor,
        HttpContext http,
        SearchReader search,
        CancellationToken ct)
    {
        if (!new SearchParameters(q, category, minPrice, maxPrice, sort, limit, cursor).TryRead(out var query, out var problem)) return problem.ToResult();
        var fitting = await Pages.FitAsync(query.Limit, QueryApiJson.Default.SearchBody, limit => search.ReadAsync(query with { Limit = limit }, ct));
        if (fitting is not var (body, json)) return Pages.CursorInvalid.ToResult();
        Pages.LinkNext(http, body.Next);
        return JsonAnswer.Of(json, CacheFor.Lists);
    }
}

/// <summary>Reads search results with the list entry of each product. Products that went off sale are omitted.</summary>
public sealed class SearchReader(IProductSearch search, ProductVersions versions, ReadModelCircuits circuits)
{
    /// <summary>Returns a page, or null if the cursor is not from this search.</summary>
    /// <exception cref="DependencyAwayException">The search or the products cannot be read.</exception>
    public async Task<SearchBody?> ReadAsync(ProductSearchQuery query, CancellationToken ct)
    {
        if (await circuits.Search.ReadPageAsync(token => search.SearchAsync(query, token), ct) is not { } page) return null;
        var catalogue = (await versions.OfAnyoneAsync()).Catalogue;
        var summaries = await circuits.Lists.CallAsync(token => catalogue.SummariesAsync(page.Products, token), ct);
        if (summaries.Count < page.Products.Count) versions.EnsureKnown();
        var items = page.Products.Select(summaries.GetValueOrDefault).OfType<ProductSummary>();
        return new SearchBody([.. items.Select(ProductSummaryBody.Of)], page.Next, page.Total, page.IsPartial);
    }
}

/// <summary>Selects a page of the search results.</summary>
public sealed record SearchParameters(
    string? Text,
    string? Category,
    string? MinPrice,
    string? MaxPrice,
    string? Sort,
    string? Limit,
    string? Cursor)
{
    /// <summary>Five words of 40 characters each count, so a longer text adds nothing.</summary>
    public const int MaxText = 250;

    /// <summary>Higher than any price.</summary>
    private const decimal MostOfPrice = 1_000_000_000;

    public static readonly string[] Names = ["q", "category", "minPrice", "maxPrice", "sort", "limit", "cursor"];

    public bool TryRead([NotNullWhen(true)] out ProductSearchQuery? query, [NotNullWhen(false)] out Problem? problem)
    {
        query = null;
        problem = null;
        decimal? least = null, most = null;
        if (Text is null or { Length: 0 or > MaxText })
            problem = new Problem(400, "q_invalid", $"q must have 1 to {MaxText} characters.");
        else if (Category is { Length: 0 or > ProductLimits.MaxCategory })
            problem = new Problem(400, "category_invalid", $"A category has 1 to {ProductLimits.MaxCategory} characters.");
        else if (!TryReadPrice(MinPrice, out least) || !TryReadPrice(MaxPrice, out most) || least > most)
            problem = new Problem(400, "price_invalid", "minPrice and maxPrice must be numbers from 0 with at most two decimals, for example 19.99. minPrice must not exceed maxPrice.");
        else if (SortOf(Sort) is not { } sort)
            problem = new Problem(400, "sort_invalid", "sort must be relevance, price, -price, name or newest.");
        else if (Pages.LimitOf(Limit) is not { } limit)
            problem = Pages.LimitInvalid;
        else
            query = new ProductSearchQuery(Text, Category is null ? null : FoldedText.Of(Category), least, most, sort, limit, Cursor);
        return problem is null;
    }

    private static ProductSearchSort? SortOf(string? text) => text switch
    {
        null or "relevance" => ProductSearchSort.Relevance,
        "price" => ProductSearchSort.Price,
        "-price" => ProductSearchSort.PriceDescending,
        "name" => ProductSearchSort.Name,
        "newest" => ProductSearchSort.Newest,
        _ => null,
    };

    private static bool TryReadPrice(string? text, out decimal? price)
    {
        price = null;
        if (text is null) return true;
        if (!ExactNumber.TryParse(text, out var read) || read is < 0 or > MostOfPrice || decimal.Round(read, ProductLimits.PriceDigits) != read) return false;
        price = read;
        return true;
    }
}

/// <summary>A page of search results.</summary>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
/// <param name="Total">How many products match on all pages. Null with a price range, whose matches only reading every
/// product could count, and in a partial result.</param>
/// <param name="Partial">True if a word is in so many products that not all were checked. Another word would
/// help.</param>
public sealed record SearchBody(
    IReadOnlyList<ProductSummaryBody> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Total,
    bool Partial);
