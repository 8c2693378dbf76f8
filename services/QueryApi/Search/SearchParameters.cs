using System.Diagnostics.CodeAnalysis;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Streams.Unicode;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi.Search;

/// <summary>Which page of what is found by which words.</summary>
public sealed record SearchParameters(
    string? Text,
    string? Category,
    string? MinPrice,
    string? MaxPrice,
    string? Sort,
    string? Limit,
    string? Cursor)
{
    /// <summary>Five words count, of 40 characters each: what is longer says no more.</summary>
    public const int MaxText = 250;

    /// <summary>Whatever the most expensive product will cost.</summary>
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
