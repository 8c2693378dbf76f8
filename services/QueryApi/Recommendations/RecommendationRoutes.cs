using System.ComponentModel;
using ServerlessCqrs.QueryApi.Products;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi.Recommendations;

/// <summary>What sells: with a product, and best. They have no second source: 503 while DynamoDB is away.</summary>
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
            new RecommendationsBody([.. others.Select(other => new RecommendedProduct(other.Product, other.Count))]),
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
            new BestSellersBody([.. best.Select(product => new BestSellingProduct(product.Product, product.Count))]),
            QueryApiJson.Default.BestSellersBody,
            CacheFor.Lists);
    }

    private static Problem LimitInvalid(int most) => Pages.LimitInvalid with { Detail = $"A ranking has 1 to {most} products." };
}
