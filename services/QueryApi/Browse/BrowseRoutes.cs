using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.Caching;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.QueryApi.Problems;
using ServerlessCqrs.QueryApi.Products;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.History;
using ServerlessCqrs.ReadModels.Products;

namespace ServerlessCqrs.QueryApi.Browse;

/// <summary>The lists of products. As they are, they have no second source: 503 while DynamoDB is away. As they were, they are folded from the events.</summary>
public static class BrowseRoutes
{
    public static IEndpointRouteBuilder MapBrowse(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", Browse)
            .TakesOnly(BrowseParameters.Names)
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("Browses the products, of one category or all")
            .WithDescription(
                "A page at a time: next, and Link with rel=next, lead to the following one. A list may be some seconds behind its products. "
                + $"As of a time, a category's list is folded from its products' events: {AnswerHeaders.AnsweredFrom} says {AnswerHeaders.EventStore}; what was created within the last seconds may be missing.")
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
        [Description("The list as it was at this time, ISO 8601; UTC where it names no offset. It needs a category.")] string? asOf,
        HttpContext http,
        IProductCatalogue catalogue,
        PastReadModels past,
        Dependencies dependencies,
        CancellationToken ct)
    {
        if (!new BrowseParameters(category, sort, limit, cursor, asOf).TryRead(out var browse, out var then, out var problem)) return problem.ToResult();
        var page = then is { } time
            ? await TryBrowseAsync(() => past.BrowseAsync(browse, time, ct))
            : await dependencies.Lists.CallAsync(token => TryBrowseAsync(() => catalogue.BrowseAsync(browse, token)), ct);
        if (page is null) return new Problem(StatusCodes.Status400BadRequest, "cursor_invalid", "The cursor is not one that this list gave. Start again without one.").ToResult();
        if (page.Next is { } next) http.Response.Headers.Link = $"<{AddressOf(http.Request, next)}>; rel=\"next\"";
        var json = JsonSerializer.SerializeToUtf8Bytes(new ProductListBody(page.Items, page.Next), QueryApiJson.Default.ProductListBody);
        if (then is not null) http.Response.Headers[AnswerHeaders.AnsweredFrom] = AnswerHeaders.EventStore;
        return new JsonAnswer(json, EntityTags.OfContent(json), then is null ? CacheFor.Lists : CacheFor.NoOne);
    }

    // A wrong cursor is no failure of the table: it must not open its circuit.
    private static async Task<ProductPage?> TryBrowseAsync(Func<Task<ProductPage>> browse)
    {
        try
        {
            return await browse();
        }
        catch (InvalidCursorException)
        {
            return null;
        }
    }

    private static string AddressOf(HttpRequest request, string cursor) => "/products" + new QueryBuilder(request.Query
        .Where(parameter => parameter.Key != "cursor")
        .Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ToString()))
        .Append(KeyValuePair.Create("cursor", cursor)));
}
