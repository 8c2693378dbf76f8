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
/// GraphQL by HTTP method: public queries by GET, which the edge caches, queries with a token by POST, which it does
/// not, and mutations by POST at the command service.
/// </summary>
public static class GraphRoutes
{
    public const string Public = "/graphql";

    public const string WithToken = "/graphql/query";

    /// <param name="build">Builds the schema. It is called once, by the first query.</param>
    public static IServiceCollection AddGraphReads(this IServiceCollection services, Func<ISchema> build) =>
        services.AddSingleton(all => new GraphReads(build, all.GetRequiredService<ILogger<GraphReads>>()));

    /// <inheritdoc cref="AddGraphReads"/>
    public static IServiceCollection AddGraphWrites(this IServiceCollection services, Func<ISchema> build) =>
        services.AddSingleton(all => new GraphWrites(build, all.GetRequiredService<ILogger<GraphWrites>>()));

    public static IEndpointRouteBuilder MapGraphWrites(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Public, Write).RequireAuthorization(TokenAuthentication.AnyRole).TakesOnly().ExcludeFromDescription();
        return routes;
    }

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

    private static async Task<IResult> Write(HttpContext http, GraphWrites graph, CancellationToken ct)
    {
        var (request, problem) = await GraphRequest.ReadAsync(http.Request, ct);
        return request is null ? problem!.ToResult() : await graph.AnswerAsync(request, http, ct);
    }
}
