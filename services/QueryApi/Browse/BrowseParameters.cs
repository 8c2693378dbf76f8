using System.Diagnostics.CodeAnalysis;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.Paging;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.QueryApi.Browse;

/// <summary>Which page of which list.</summary>
public sealed record BrowseParameters(
    string? Category,
    string? Sort,
    string? Limit,
    string? Cursor)
{
    public static readonly string[] Names = ["category", "sort", "limit", "cursor"];

    public bool TryRead([NotNullWhen(true)] out ProductBrowse? browse, [NotNullWhen(false)] out Problem? problem)
    {
        browse = null;
        problem = null;
        if (Category is { Length: 0 or > ProductLimits.MaxCategory })
            problem = new Problem(400, "category_invalid", $"A category has 1 to {ProductLimits.MaxCategory} characters.");
        else if (SortOf(Sort) is not { } sort)
            problem = new Problem(400, "sort_invalid", "A list is sorted by price, -price, name or newest.");
        else if (Pages.LimitOf(Limit) is not { } limit)
            problem = Pages.LimitInvalid;
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
}
