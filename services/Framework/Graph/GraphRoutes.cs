using GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Auth;

namespace ServerlessCqrs.Graph;

/// <summary>
/// GraphQL by HTTP method: public queries by GET, which the edge caches, and queries with a token by POST, which it does
/// not.
/// </summary>
public static class GraphRoutes
{
    public const string Public = "/graphql";

    public const string WithToken = "/graphql/query";

    /// <param name="build">Builds the schema. It is called once, by the first query.</param>
    public static IServiceCollection AddGraphReads(this IServiceCollection services, Func<ISchema> build) =>
        services.AddSingleton(all => new GraphReads(build, all.GetRequiredService<ILogger<GraphReads>>()));

    public static IEndpointRouteBuilder MapGraphReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Public, ReadPublic).TakesOnly(GraphRequest.Parameters).AskSingletonsOnly().ExcludeFromDescription();
        routes.MapPost(WithToken, ReadOwn).RequireAuthorization(TokenAuthentication.AnyRole).TakesOnly().ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> ReadPublic(HttpContext http, GraphReads graph, CancellationToken ct) =>
        GraphRequest.TryRead(http.Request.Query, out var request, out var problem)
            ? await graph.AnswerPublicAsync(request, http, ct)
            : problem.ToResult();

    private static async Task<IResult> ReadOwn(HttpContext http, GraphReads graph, CancellationToken ct)
    {
        var (request, problem) = await GraphRequest.ReadAsync(http.Request, ct);
        return request is null ? problem!.ToResult() : await graph.AnswerCallerAsync(request, http, ct);
    }
}
