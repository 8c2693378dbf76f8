using ServerlessCqrs.Graph;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.Health;
using ServerlessCqrs.Web.History;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi;

/// <summary>Every read, one feature per line.</summary>
public static class QueryRoutes
{
    private const string CommandExample = """
        {
          "commandId": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c10",
          "status": "applied",
          "stream": "product-018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "version": 7,
          "events": ["ProductPriceUpdated"],
          "issuedAt": "2026-11-02T09:30:00.000Z",
          "decidedAt": "2026-11-02T09:30:00.040Z"
        }
        """;

    public static IEndpointRouteBuilder MapQueries(this IEndpointRouteBuilder routes) => routes
        .MapBrowse()
        .MapSearch()
        .MapProducts()
        .MapHistory()
        .MapRecommendations()
        .MapPrices()
        .MapReviews()
        .MapOrders()
        .MapUsers()
        .MapCommandStatus(CommandExample)
        .MapGraphReads()
        .MapUnsubscribePage()
        .MapHealth(ShopReadModels.ProductsV1)
        .MapApiDocument()
        .MapProblemPages(() => ShopDocument.Open("problems.md"));
}
