using System.ComponentModel;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi;

/// <summary>
/// Recommendations and best sellers. They have no second source: they return 503 while DynamoDB is unavailable.
/// </summary>
public static class RecommendationRoutes
{
    private const int UsualBestSellers = 10;

    public static IEndpointRouteBuilder MapRecommendations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{id}/recommendations", BoughtTogether)
            .TakesOnly("limit")
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("Products bought together with a product")
            .WithDescription("Products that were most often in the same confirmed orders of the last months. Computed every few minutes. Empty if the product was always bought alone, or is unknown.")
            .WithAnswerExample(ProductExamples.Recommendations)
            .Produces<RecommendationsBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/products/best-sellers", BestSellers)
            .TakesOnly("category", "limit")
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("Best sellers, of one category or all")
            .WithDescription("Products that sold most items in the confirmed orders of the last months. A product counts in its current category. Computed every few minutes.")
            .WithAnswerExample(ProductExamples.BestSellers)
            .Produces<BestSellersBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> BoughtTogether(
        string id,
        [Description("How many products, 1 to 10. Default: 10.")] string? limit,
        RankingReader rankings,
        CancellationToken ct)
    {
        if (!Uuid.TryParse(id, out var product)) return ProductAnswer.NotFound.ToResult();
        if (Pages.LimitOf(limit, SalesRankings.MostOthers, SalesRankings.MostOthers) is not { } count) return LimitInvalid(SalesRankings.MostOthers).ToResult();
        var others = await rankings.BoughtTogetherAsync(product, count, ct);
        return JsonAnswer.Of(
            new RecommendationsBody([.. others.Select(other => new RecommendedProduct(ProductSummaryBody.Of(other.Product), other.Count))]),
            QueryApiJson.Default.RecommendationsBody,
            CacheFor.Lists);
    }

    private static async Task<IResult> BestSellers(
        [Description("Only this category. Default: all.")] string? category,
        [Description("How many products, 1 to 50. Default: 10.")] string? limit,
        RankingReader rankings,
        CancellationToken ct)
    {
        if (category is { Length: 0 or > ProductLimits.MaxCategory }) return new Problem(StatusCodes.Status400BadRequest, "category_invalid", $"A category has 1 to {ProductLimits.MaxCategory} characters.").ToResult();
        if (Pages.LimitOf(limit, SalesRankings.MostBestSellers, UsualBestSellers) is not { } count) return LimitInvalid(SalesRankings.MostBestSellers).ToResult();
        var best = await rankings.BestSellersAsync(category, count, ct);
        return JsonAnswer.Of(
            new BestSellersBody([.. best.Select(product => new BestSellingProduct(ProductSummaryBody.Of(product.Product), product.Count))]),
            QueryApiJson.Default.BestSellersBody,
            CacheFor.Lists);
    }

    private static Problem LimitInvalid(int most) => Pages.LimitInvalid with { Detail = $"A ranking has 1 to {most} products." };
}

/// <summary>
/// Reads the sales rankings with the list entry of each product. Products that went off sale are omitted.
/// </summary>
public sealed class RankingReader(SalesRankings rankings, ProductVersions versions, ReadModelCircuits circuits)
{
    /// <summary>Returns the products that were bought together with a product.</summary>
    /// <exception cref="DependencyAwayException">Rankings or products cannot be read.</exception>
    public Task<IReadOnlyList<(ProductSummary Product, long Count)>> BoughtTogetherAsync(Guid product, int limit, CancellationToken ct) => ReadAsync(rankings.BoughtTogether, SalesRankings.KeyOf(product), limit, ct);

    /// <summary>Returns the best sellers of a category, or of all categories if null.</summary>
    /// <inheritdoc cref="BoughtTogetherAsync"/>
    public Task<IReadOnlyList<(ProductSummary Product, long Count)>> BestSellersAsync(string? category, int limit, CancellationToken ct) => ReadAsync(rankings.BestSellers, SalesRankings.KeyOf(category), limit, ct);

    private async Task<IReadOnlyList<(ProductSummary Product, long Count)>> ReadAsync(IRankings ranking, string key, int limit, CancellationToken ct)
    {
        var ranked = await circuits.Recommendations.CallAsync(token => ranking.FindAsync(key, token), ct);
        if (ranked.Count == 0) return [];
        var catalogue = (await versions.OfAnyoneAsync()).Catalogue;
        var summaries = await circuits.Lists.CallAsync(token => catalogue.SummariesAsync([.. ranked.Select(product => product.ProductId)], token), ct);
        if (summaries.Count < ranked.Count) versions.EnsureKnown();
        return [.. ranked.Where(product => summaries.ContainsKey(product.ProductId)).Take(limit).Select(product => (summaries[product.ProductId], product.Count))];
    }
}

/// <summary>The products that were bought together with a product, the most frequent first.</summary>
public sealed record RecommendationsBody(IReadOnlyList<RecommendedProduct> Items);

/// <summary>A product that was bought together with another.</summary>
/// <param name="Orders">The number of orders with both products.</param>
public sealed record RecommendedProduct(
    ProductSummaryBody Product,
    long Orders);

/// <summary>The best sellers, the best first.</summary>
public sealed record BestSellersBody(IReadOnlyList<BestSellingProduct> Items);

/// <param name="Pieces">The number of sold pieces.</param>
public sealed record BestSellingProduct(
    ProductSummaryBody Product,
    long Pieces);
