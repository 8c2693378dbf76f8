using System.Diagnostics.CodeAnalysis;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams.Unicode;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi.Browse;

/// <summary>Which page of which list.</summary>
public sealed record BrowseParameters(
    string? Category,
    string? Sort,
    string? Limit,
    string? Cursor,
    string? AsOf)
{
    public static readonly string[] Names = ["category", "sort", "limit", "cursor", "asOf"];

    /// <summary>Whether the parameters make sense, and what they ask for, as of now where <paramref name="asOf"/> is null; what is wrong otherwise.</summary>
    public bool TryRead([NotNullWhen(true)] out ProductBrowse? browse, out DateTimeOffset? asOf, [NotNullWhen(false)] out Problem? problem)
    {
        (browse, asOf) = (null, null);
        problem = null;
        if (Category is { Length: 0 or > ProductLimits.MaxCategory })
            problem = new Problem(400, "category_invalid", $"A category has 1 to {ProductLimits.MaxCategory} characters.");
        else if (SortOf(Sort) is not { } sort)
            problem = new Problem(400, "sort_invalid", "sort must be price, -price, name or newest.");
        else if (Pages.LimitOf(Limit) is not { } limit)
            problem = Pages.LimitInvalid;
        else if (AsOf is not null && !IsoTime.TryRead(AsOf, out asOf))
            problem = IsoTime.Invalid;
        else if (AsOf is not null && Category is null)
            problem = new Problem(400, "category_required", "asOf needs a category. Add the parameter category.");
        else
            browse = new ProductBrowse(Category is null ? null : FoldedText.Of(Category), sort, limit, Cursor);
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
