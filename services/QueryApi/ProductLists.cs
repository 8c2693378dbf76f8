using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams.Unicode;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi;

/// <summary>
/// The lists of products. Current lists have no second source: they return 503 while DynamoDB is unavailable. Past
/// lists are folded from the events.
/// </summary>
public static class BrowseRoutes
{
    public static IEndpointRouteBuilder MapBrowse(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", Browse)
            .TakesOnly(BrowseParameters.Names)
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("List products, of one category or all")
            .WithDescription(
                "next, and Link with rel=next, lead to the next page. The list may be some seconds behind its products. "
                + $"With asOf, the list is computed from events, and {AnswerHeaders.AnsweredFrom} is {AnswerHeaders.EventStore}. Products created within the last seconds may be missing. A category of more than 5,000 products is 400.")
            .WithAnswerExample(ProductExamples.List)
            .Produces<ProductListBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static Problem PastTooLarge(int most) => new(
        StatusCodes.Status400BadRequest,
        "past_too_large",
        $"The category had more than {most} products, which is too many for a past list. Read a smaller category, or single products.");

    private static async Task<IResult> Browse(
        [Description("Only this category. Default: all.")] string? category,
        [Description("price (lowest first), -price, name or newest. Default: newest.")] string? sort,
        [Description("How many products, 1 to 100. Default: 20.")] string? limit,
        [Description("The value of next on the previous page.")] string? cursor,
        [Description("The list at this time, ISO 8601. Without an offset, UTC. Needs a category.")] string? asOf,
        HttpContext http,
        ProductVersions versions,
        Lanes lanes,
        ReadModelCircuits circuits,
        CancellationToken ct)
    {
        if (!new BrowseParameters(category, sort, limit, cursor, asOf).TryRead(out var browse, out var then, out var problem)) return problem.ToResult();
        var catalogue = (await versions.OfAsync(http.Request)).Catalogue;
        (ProductListBody Body, byte[] Json)? fitting;
        try
        {
            fitting = await Pages.FitAsync(browse.Limit, QueryApiJson.Default.ProductListBody, async limit => await ReadAsync(browse with { Limit = limit }) is { } page ? new ProductListBody([.. page.Items.Select(ProductSummaryBody.Of)], page.Next) : null);
        }
        catch (TooManyStreamsException e)
        {
            return PastTooLarge(e.Most).ToResult();
        }

        if (fitting is not var (body, json)) return Pages.CursorInvalid.ToResult();
        if (then is null && body.Items.Count == 0) versions.EnsureKnown();
        Pages.LinkNext(http, body.Next);
        if (then is not null) http.Response.Headers[AnswerHeaders.AnsweredFrom] = AnswerHeaders.EventStore;
        return JsonAnswer.Of(json, then is null ? CacheFor.Lists : CacheFor.NoOne);

        Task<ProductPage?> ReadAsync(ProductBrowse query) => then is { } time
            ? lanes.PublicWideReads.RunAsync(() => Pages.ReadAsync(token => lanes.PublicWide.Past().BrowseAsync(query, time, token), ct), ct)
            : circuits.Lists.ReadPageAsync(token => catalogue.BrowseAsync(query, token), ct);
    }
}

/// <summary>Selects a page of a list.</summary>
public sealed record BrowseParameters(
    string? Category,
    string? Sort,
    string? Limit,
    string? Cursor,
    string? AsOf)
{
    public static readonly string[] Names = ["category", "sort", "limit", "cursor", "asOf"];

    /// <summary>
    /// Reads the parameters. A null <paramref name="asOf"/> means now. Returns false and the problem if they are
    /// invalid.
    /// </summary>
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

/// <summary>A page of a list.</summary>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record ProductListBody(
    IReadOnlyList<ProductSummaryBody> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
