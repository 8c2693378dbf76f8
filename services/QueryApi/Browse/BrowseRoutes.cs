using System.ComponentModel;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.Caching;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.QueryApi.OpenApi;
using ServerlessCqrs.QueryApi.Paging;
using ServerlessCqrs.QueryApi.Problems;
using ServerlessCqrs.ReadModels.Products;

namespace ServerlessCqrs.QueryApi.Browse;

/// <summary>The lists of products. They have no second source: 503 while DynamoDB is away.</summary>
public static class BrowseRoutes
{
    public static IEndpointRouteBuilder MapBrowse(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", Browse)
            .TakesOnly(BrowseParameters.Names)
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("Browses the products, of one category or all")
            .WithDescription("A page at a time: next, and Link with rel=next, lead to the following one. A list may be some seconds behind its products.")
            .WithExample(ProductExamples.List)
            .Produces<ProductListBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Browse(
        [Description("Only this category; all where it is left out.")] string? category,
        [Description("price (lowest first), -price, name, or newest, which is the default.")] string? sort,
        [Description("How many products, 1 to 100; 20 where it is left out.")] string? limit,
        [Description("next of the page before.")] string? cursor,
        HttpContext http,
        IProductCatalogue catalogue,
        Dependencies dependencies,
        CancellationToken ct)
    {
        if (!new BrowseParameters(category, sort, limit, cursor).TryRead(out var browse, out var problem)) return problem.ToResult();
        var page = await dependencies.Lists.ReadPageAsync(token => catalogue.BrowseAsync(browse, token), ct);
        if (page is null) return Pages.CursorInvalid.ToResult();
        Pages.LinkNext(http, page.Next);
        return JsonAnswer.Of(new ProductListBody(page.Items, page.Next), QueryApiJson.Default.ProductListBody, CacheFor.Lists);
    }
}
