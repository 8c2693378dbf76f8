using System.ComponentModel;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.Caching;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.QueryApi.OpenApi;
using ServerlessCqrs.QueryApi.Paging;
using ServerlessCqrs.QueryApi.Problems;
using ServerlessCqrs.QueryApi.Products;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.ReadModels.Search;

namespace ServerlessCqrs.QueryApi.Search;

/// <summary>The search by words. It has no second source: 503 while DynamoDB is away.</summary>
public static class SearchRoutes
{
    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/search", Find)
            .TakesOnly(SearchParameters.Names)
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("Finds products by words")
            .WithDescription(
                "Products that have every word, in their name, category, specifications or description. The first five words count; each may be the beginning of one, from two characters on. "
                + "Case, accents on Latin letters, normal form, width, and the vowel points of Arabic and Hebrew make no difference; symbols and emoji are no words. Scripts without spaces, such as Chinese, are searched by two characters and more. "
                + $"Of a product, the first {SearchLimits.WordsOfProduct} different words are searchable, in this order: name, category, specifications (of each value the first {SearchLimits.WordsOfSpecification} words), description. Of a word, the first {SearchLimits.CharactersOfWord} characters count. "
                + "A page at a time, of which a product that was just taken off sale may be missing: next, and Link with rel=next, lead to the following one. It may be some seconds behind the products.")
            .WithExample(ProductExamples.Search)
            .Produces<SearchBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Find(
        [Description("What is searched for.")] string? q,
        [Description("Only this category; all where it is left out.")] string? category,
        [Description("Only products at this price or above, in their own currency.")] string? minPrice,
        [Description("Only products at this price or below, in their own currency.")] string? maxPrice,
        [Description("relevance, which is the default: by where the words stand; price (lowest first), -price, name or newest.")] string? sort,
        [Description("How many products, 1 to 100; 20 where it is left out.")] string? limit,
        [Description("next of the page before.")] string? cursor,
        HttpContext http,
        IProductSearch search,
        ProductVersions versions,
        Dependencies dependencies,
        CancellationToken ct)
    {
        if (!new SearchParameters(q, category, minPrice, maxPrice, sort, limit, cursor).TryRead(out var query, out var problem)) return problem.ToResult();
        var catalogue = (await versions.OfAnyoneAsync()).Catalogue;
        var fitting = await Pages.FitAsync(query.Limit, QueryApiJson.Default.SearchBody, limit => ReadAsync(query with { Limit = limit }));
        if (fitting is not var (body, json)) return Pages.CursorInvalid.ToResult();
        Pages.LinkNext(http, body.Next);
        return JsonAnswer.Of(json, CacheFor.Lists);

        async Task<SearchBody?> ReadAsync(ProductSearchQuery wanted)
        {
            if (await dependencies.Search.ReadPageAsync(token => search.SearchAsync(wanted, token), ct) is not { } page) return null;
            var summaries = await dependencies.Lists.CallAsync(token => catalogue.SummariesAsync(page.Products, token), ct);
            if (summaries.Count < page.Products.Count) versions.EnsureKnown();
            return new SearchBody([.. page.Products.Select(summaries.GetValueOrDefault).OfType<ProductSummary>()], page.Next, page.IsPartial);
        }
    }
}
