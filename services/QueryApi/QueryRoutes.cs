using ServerlessCqrs.QueryApi.Browse;
using ServerlessCqrs.QueryApi.Commands;
using ServerlessCqrs.QueryApi.Health;
using ServerlessCqrs.QueryApi.History;
using ServerlessCqrs.QueryApi.OpenApi;
using ServerlessCqrs.QueryApi.Orders;
using ServerlessCqrs.QueryApi.Prices;
using ServerlessCqrs.QueryApi.Products;
using ServerlessCqrs.QueryApi.Recommendations;
using ServerlessCqrs.QueryApi.Reviews;
using ServerlessCqrs.QueryApi.Search;
using ServerlessCqrs.QueryApi.Unsubscribe;
using ServerlessCqrs.QueryApi.Users;

namespace ServerlessCqrs.QueryApi;

/// <summary>Every read that there is, a feature a line.</summary>
public static class QueryRoutes
{
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
        .MapCommandStatus()
        .MapUnsubscribePage()
        .MapHealth()
        .MapApiDocument();
}
