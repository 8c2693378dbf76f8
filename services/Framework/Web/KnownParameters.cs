using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.Web;

/// <summary>
/// Refuses unknown and repeated query parameters. A misspelt <c>atLeastVersion</c> must not silently return an older
/// product, nor a misspelt <c>reason</c> delete without one.
/// </summary>
public static class KnownParameters
{
    private const int MaxQuoted = 60;

    /// <summary>The query parameters of one route.</summary>
    public static RouteHandlerBuilder TakesOnly(this RouteHandlerBuilder route, params string[] names) => route.Wrap(next => http =>
        http.Request.QueryString.HasValue && Check(http.Request.Query, names) is { } problem ? problem.ToResult().ExecuteAsync(http) : next(http));

    /// <summary>
    /// Refuses query parameters on every route of the group, except those named with <see cref="TakesParameters"/>.
    /// </summary>
    public static TBuilder RefuseUnknownParameters<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.AddEndpointFilter(async (context, next) =>
    {
        var names = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<Names>()?.Of ?? [];
        return Check(context.HttpContext.Request.Query, names) is { } problem ? problem.ToResult() : await next(context);
    });

    /// <inheritdoc cref="RefuseUnknownParameters"/>
    public static RouteHandlerBuilder TakesParameters(this RouteHandlerBuilder route, params string[] names) => route.WithMetadata(new Names(names));

    private static Problem? Check(IQueryCollection query, string[] names)
    {
        foreach (var (name, values) in query)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
                return new Problem(
                    StatusCodes.Status400BadRequest,
                    "parameter_unknown",
                    $"There is no query parameter '{Shortened(name)}' here. {(names.Length == 0 ? "This route has none." : $"The parameters of this route: {string.Join(", ", names)}.")}");
            if (values.Count > 1)
                return new Problem(StatusCodes.Status400BadRequest, "parameter_repeated", $"The query has the parameter '{name}' more than once. Send it once.");
        }

        return null;
    }

    private static string Shortened(string name) => name.Length <= MaxQuoted ? name : $"{name[..MaxQuoted]}…";

    private sealed record Names(string[] Of);
}
