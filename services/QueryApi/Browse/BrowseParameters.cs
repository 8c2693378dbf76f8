using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.Problems;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.QueryApi.Browse;

/// <summary>Which page of which list.</summary>
public sealed record BrowseParameters(
    string? Category,
    string? Sort,
    string? Limit,
    string? Cursor,
    string? AsOf)
{
    public const int DefaultLimit = 20;

    public const int MaxLimit = 100;

    public static readonly string[] Names = ["category", "sort", "limit", "cursor", "asOf"];

    /// <summary>Whether the parameters make sense, and what they ask for, as of now where <paramref name="asOf"/> is null; what is wrong otherwise.</summary>
    public bool TryRead([NotNullWhen(true)] out ProductBrowse? browse, out DateTimeOffset? asOf, [NotNullWhen(false)] out Problem? problem)
    {
        (browse, asOf) = (null, null);
        problem = null;
        if (Category is { Length: 0 or > ProductLimits.MaxCategory })
            problem = new Problem(400, "category_invalid", $"A category has 1 to {ProductLimits.MaxCategory} characters.");
        else if (SortOf(Sort) is not { } sort)
            problem = new Problem(400, "sort_invalid", "A list is sorted by price, -price, name or newest.");
        else if (LimitOf(Limit) is not { } limit)
            problem = new Problem(400, "limit_invalid", $"A page has 1 to {MaxLimit} products.");
        else if (AsOf is not null && !IsoTime.TryRead(AsOf, out asOf))
            problem = new Problem(400, "time_invalid", "A time is given in ISO 8601, as in 2026-01-31T12:00:00Z.");
        else if (AsOf is not null && Category is null)
            problem = new Problem(400, "category_required", "As of a time, the list of one category can be had: name it.");
        else
            browse = new ProductBrowse(Category, sort, limit, Cursor);
        return problem is null;
    }

    private static ProductSort? SortOf(string? text) => text switch
    {
        null or "newest" => ProductSort.Newest,
        "price" => ProductSort.Price,
        "-price" => ProductSort.PriceDescending,
        "name" => ProductSort.Name,
        _ => null,
    };

    private static int? LimitOf(string? text) => text is null
        ? DefaultLimit
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit ? limit : null;
}
